"""Are the public names few, documented and real?"""

import firsthand


def test_at_most_twenty_names_are_public():
    assert 0 < len(firsthand.__all__) <= 20


def test_every_public_name_exists_and_says_what_it_does():
    for name in firsthand.__all__:
        assert getattr(firsthand, name).__doc__, name


def test_the_package_opens_with_the_nine_questions():
    assert firsthand.__doc__.count("?") >= 10
    for number in range(10):
        assert f"\n{number}  " in firsthand.__doc__


def test_help_does_not_load_the_heavy_libraries():
    import subprocess
    import sys

    heavy = ["numpy", "trafilatura", "lxml", "tomlkit", "py3langid", "jinja2", "feedparser"]
    script = f"import sys, firsthand.cli; print([m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

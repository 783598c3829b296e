"""Is progress told in words that are true?"""

import pytest

from firsthand.archive.progress import Progress, add_progress, describe_progress, describe_seconds


def test_time_left_counts_only_what_this_run_read():
    progress = Progress(total=1000)
    progress = add_progress(progress, 500, known=True, reports=0, problems=0, seconds=0.1)
    assert progress.left is None
    progress = add_progress(progress, 100, known=False, reports=20, problems=1, seconds=10.0)
    assert progress.left == pytest.approx(40.0)
    assert progress.rate == pytest.approx(2.0)
    assert describe_progress(progress) == " 60 %, 20 reports, 2 a second, 1 not read, 40 s left"


def test_progress_never_passes_the_end():
    progress = add_progress(Progress(total=10), 99, known=False, reports=1, problems=0, seconds=1.0)
    assert progress.done == 10
    assert describe_progress(progress) == "100 %, 1 reports, 1 a second"


@pytest.mark.parametrize(("seconds", "words"), [(0.4, "0 s"), (59.4, "59 s"), (150, "2 min"), (7500, "2 h 5 min")])
def test_a_stretch_of_time_is_told_as_people_say_it(seconds, words):
    assert describe_seconds(seconds) == words

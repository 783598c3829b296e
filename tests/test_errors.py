"""Does a mistake say what, where and what to do?"""

import inspect

import pytest

from firsthand import errors
from firsthand.errors import CaseError, FirsthandError, suggest


def find_errors():
    return [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, Exception)]


@pytest.mark.parametrize("kind", find_errors())
def test_every_error_stands_in_the_tree_of_the_docstring(kind):
    assert kind.__name__ in errors.__doc__
    assert issubclass(kind, FirsthandError)


def test_a_case_error_names_its_file_and_line():
    assert str(CaseError("'prio' is not a key", "case.toml", 4)) == "case.toml, line 4: 'prio' is not a key"
    assert str(CaseError("no reports", "reports")) == "reports: no reports"


def test_a_near_name_is_suggested_and_a_far_one_is_not():
    assert suggest("publised", ["published", "title"]) == "; did you mean 'published'?"
    assert suggest("zebra", ["published"]) == ""

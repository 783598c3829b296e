"""How are plain loops made quick, where something is there to compile them?"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from types import FunctionType
from typing import Any

# Below so many characters or rows numba takes longer to load than it saves.
WORTH_COMPILING = 1 << 20


def is_worth_compiling(size: int) -> bool:
    """Tell whether loops over so many characters or rows are to be compiled, and can be."""
    return size >= WORTH_COMPILING and find_spec("numba") is not None


@cache
def compile_loop(loop: Callable[..., Any]) -> Callable[..., Any]:
    """Return a loop compiled by numba, and with it the functions of its module that it calls.

    What is compiled is kept beside the package where that can be written, or else made each time.
    """
    from numba import njit

    known = loop.__globals__
    called = {name: known[name] for name in loop.__code__.co_names if isinstance(known.get(name), FunctionType)}
    others = {name: compile_loop(function) for name, function in called.items()}
    ready = FunctionType(loop.__code__, known | others, loop.__name__)
    ready.__module__, ready.__qualname__ = loop.__module__, loop.__qualname__
    try:
        return njit(cache=True, nogil=True)(ready)
    except RuntimeError:
        return njit(nogil=True)(ready)

"""Which things hang together? Disjoint sets, the first-named member of each standing for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


class Groups(Generic[T]):
    """Disjoint groups of the given things."""

    def __init__(self, things: Sequence[T]) -> None:
        self._rank = {thing: n for n, thing in enumerate(things)}
        self._up = {thing: thing for thing in things}

    def find(self, thing: T) -> T:
        """Return the member that stands for the group of a thing."""
        while self._up[thing] != thing:
            self._up[thing] = self._up[self._up[thing]]
            thing = self._up[thing]
        return thing

    def join(self, first: T, second: T) -> bool:
        """Make one group of two; return False where they were one already."""
        roots = sorted((self.find(first), self.find(second)), key=self._rank.__getitem__)
        self._up[roots[1]] = roots[0]
        return roots[0] != roots[1]

    def list_groups(self) -> list[list[T]]:
        """Return the groups with their members, all in the order first given."""
        found: dict[T, list[T]] = {}
        for thing in self._up:
            found.setdefault(self.find(thing), []).append(thing)
        return list(found.values())

"""Which source goes by a name that an analyst wrote?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from firsthand.model import Profile, Source, SourceId, SourceKind


class Outlets:
    """Publishers, relays and speakers by name: those the machine found, and those made for names it did not meet."""

    def __init__(self, sources: Sequence[Source], profiles: Mapping[SourceId, Profile]) -> None:
        self._by_name = {name.casefold(): s.id for s in reversed(sources) for name in (s.name, *s.names)}
        self._by_name |= {str(source.id).casefold(): source.id for source in sources}
        self._by_name |= {p.source.name.casefold(): p.source.id for p in profiles.values()}
        self._by_name |= {str(key).casefold(): key for key in profiles}
        self.made: list[Source] = []

    def find(self, name: str, kind: SourceKind = SourceKind.GROUP) -> SourceId:
        """Return the id of the source so called, making one of that kind where there is none."""
        key = " ".join(name.casefold().split())
        if key not in self._by_name:
            source = SourceId("s-" + "-".join("".join(c if c.isalnum() else " " for c in key).split()))
            self._by_name[key] = source
            self.made.append(Source(id=source, name=name, kind=kind, names=(name,)))
        return self._by_name[key]

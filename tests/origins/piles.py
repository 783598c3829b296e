"""How is a small pile made for a test?"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from firsthand.model import (
    Attribution,
    AttributionId,
    Claim,
    ClaimId,
    ContentKind,
    Link,
    Mention,
    Period,
    Reason,
    Report,
    ReportId,
    Source,
    SourceId,
    SourceKind,
)
from firsthand.origins import count_voices, find_derivations, find_origins


def on_day(day: int | None) -> Period | None:
    if day is None:
        return None
    start = datetime(2019, 5, day)
    return Period(start=start, end=start + timedelta(days=1), text=f"{day} May")


@dataclass
class Pile:
    """Reports, attributions, sources and claims under construction."""

    reports: list[Report] = field(default_factory=list)
    attributions: list[Attribution] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    claims: dict[str, list[str]] = field(default_factory=dict)

    def add_report(self, publisher: str, text: str, day: int | None = 1, language: str = "en", **more: object) -> str:
        """Add a report and return its id."""
        name = f"r-{len(self.reports)}"
        links = tuple(Link(url=url) for url in more.get("links", ()))
        self.reports.append(
            Report(
                id=ReportId(name),
                path=f"{name}.txt",
                title=str(more.get("title", "")),
                publisher=publisher,
                url=str(more.get("url", "")),
                published=on_day(day),
                retrieved=None,
                language=language,
                text=text,
                body=((0, len(text)),),
                links=(*links, *more.get("linked", ())),
            )
        )
        self.add_source(publisher, "group")
        return name

    def add_source(self, name: str, kind: str = "named") -> SourceId:
        """Add a source if it is new and return its id; "sources", "an official" are unnamed."""
        slug = SourceId("s-" + "-".join(name.casefold().split()))
        if slug not in self.sources:
            self.sources[slug] = Source(id=slug, name=name, kind=SourceKind(kind))
        return slug

    def say(self, report: str, content: str, chain: str, claim: str = "main", **more: object) -> str:
        """Add an attribution: words of the report, and who relays whom after the outlet ("Wire > Jane Doe")."""
        held = next(r for r in self.reports if r.id == report)
        start = held.text.index(content)
        kind = str(more.get("kind", "named"))
        names = [part.strip() for part in chain.split(">") if part.strip()]
        relays = [self.add_source(name, "group") for name in names[:-1]]
        ends = [self.add_source(names[-1], kind)] if names else []
        chained = (self.add_source(held.publisher, "group"), *relays, *ends)
        quoted = start > 0 and held.text[start - 1] in '"\u201c\u00ab'
        name = f"a-{len(self.attributions)}"
        self.attributions.append(
            Attribution(
                id=AttributionId(name),
                report=held.id,
                source=chained[-1],
                source_mention=Mention(text=names[-1] if names else held.publisher),
                source_kind=self.sources[chained[-1]].kind,
                cue=Mention(text=""),
                cue_class="say",
                content=Mention(text=content, spans=((start, start + len(content)),)),
                content_kind=ContentKind.DIRECT if quoted else ContentKind.INDIRECT,
                chain=chained,
                hedge=0.0,
                polarity=int(more.get("polarity", 1)),
                probability=0.9,
                reason=Reason(rule="test", sentence="As the test says."),
            )
        )
        self.claims.setdefault(claim, []).append(name)
        return name

    def list_claims(self) -> tuple[Claim, ...]:
        said = {a.id: a.content.text for a in self.attributions}
        return tuple(
            Claim(id=ClaimId(name), sentence=said[members[0]], attributions=tuple(members))
            for name, members in self.claims.items()
        )

    def trace(self, **more: object) -> Traced:
        claims = self.list_claims()
        sources = tuple(self.sources.values())
        derivations = find_derivations(self.reports, self.attributions, sources, claims, **more)
        origins = find_origins(self.reports, self.attributions, sources, derivations, claims=claims)
        counts = {c.id: count_voices(c, self.attributions, derivations, origins) for c in claims}
        return Traced(self, derivations, origins, counts)


@dataclass
class Traced:
    """What the stage makes of a pile."""

    pile: Pile
    derivations: tuple
    origins: tuple
    counts: dict

    @property
    def voices(self):
        return self.counts["main"]

    def between(self, child: str, parent: str) -> list:
        return [d for d in self.derivations if d.parent and (d.child.report, d.parent.report) == (child, parent)]

    def joining(self, first: str, second: str) -> list:
        return self.between(first, second) + self.between(second, first)

    def origin_of(self, attribution: str):
        (origin,) = [o for o in self.origins if attribution in o.attributions]
        return origin

"""In which forms does a French or German verb of saying stand in the press?

Third persons, participles and infinitives only. What is irregular is listed in the language's pack.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

Irregular = Mapping[str, Sequence[str]]
PREFIXES = ("be", "ge", "er", "ver", "zer", "ent", "emp", "miss", "wider", "unter", "über")


def inflect_french(lemma: str, irregular: Irregular) -> Iterator[str]:
    """Yield the forms of a verb in -er, of one listed as irregular, or of a phrase with such a verb first."""
    verb, _, rest = lemma.partition(" ")
    for form in irregular.get(verb) or (_inflect_first(verb) if verb.endswith("er") else ()):
        yield f"{form} {rest}" if rest else form


def _inflect_first(verb: str) -> Iterator[str]:
    """Yield the forms of a verb in -er: announcer, annonce, annoncent, annonçait, annonça, annoncé, annonçant ..."""
    stem = verb[:-2]
    soft = stem[:-1] + "ç" if stem.endswith("c") else stem + "e" if stem.endswith("g") else stem
    closed = _open_accent(stem)
    yield verb
    yield from (closed + ending for ending in ("e", "ent"))
    yield from (soft + ending for ending in ("ait", "aient", "a", "ant"))
    yield from (stem + ending for ending in ("èrent", "é", "ée", "és", "ées"))
    yield from (closed + ending for ending in ("era", "eront", "erait", "eraient"))


def _open_accent(stem: str) -> str:
    """Return the stem of the stressed forms: préciser keeps its own, révéler gives révèl, rappeler rappell."""
    if len(stem) > 2 and stem[-2] == "é" and stem[-1] not in "aeiouéè":
        return stem[:-2] + "è" + stem[-1]
    if stem.endswith("el"):
        return stem[:-2] + ("ell" if stem.endswith("ppel") else "èl")
    return stem


def inflect_german(lemma: str, irregular: Irregular) -> Iterator[str]:
    """Yield the forms of a verb; "mit|teilen" is separable and gives "teilte mit" beside "mitteilte"."""
    particle, _, base = lemma.rpartition("|")
    for form in irregular.get(base) or tuple(_inflect_weak(base)):
        if not particle:
            yield form
            continue
        yield particle + form
        if not form.startswith("ge") or base.startswith("ge"):
            yield f"{form} {particle}"
    if particle:
        yield f"{particle}zu{base}"


def _inflect_weak(verb: str) -> Iterator[str]:
    stem = verb.removesuffix("en") if verb.endswith("en") else verb.removesuffix("n")
    link = "e" if stem.endswith(("t", "d", "chn", "ffn", "dn", "gn")) else ""
    yield verb
    yield from (stem + link + ending for ending in ("t", "te", "ten"))
    if not verb.endswith("ieren") and not verb.startswith(PREFIXES):
        yield f"ge{stem}{link}t"

"""Who is meant by the words that name a source?

A description says what kind of source the words show (named, role, group, document, unnamed), its name if it has one,
the institution it speaks for, and for an unnamed one what it is said to know and why it goes without a name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from firsthand.attribution.cues import Pack, find_phrase, read_list
from firsthand.attribution.who.names import make_key
from firsthand.model import SourceKind, record

WORD = re.compile(r"[^\W_]+(?:[-'’.&/][^\W_]+)*['’]?|[,&]")
CONTRACTED = re.compile(r"'(?:d|m|ll|ve|re|s)$")
POSSESSIVE = {"my": "i", "our": "we", "its": "it", "their": "they", "his": "he"}
SELF = frozenset({"himself", "herself", "itself", "themselves", "all", "both", "too", "'d", "'ll", "'ve", "'s"})
OWNER = re.compile(r"['’]s$|(?<=s)['’]$")
RELATIVE = re.compile(r",?\s(?:who|whose|whom|which|that)\s")
APPOSED = re.compile(r"\s?,\s+((?:[A-Z][\w'’-]+\.?\s+){0,3}[A-Z][\w'’-]+)\s*(?:,|$)")


@record
class Description:
    """What the words for a source show of it."""

    words: str
    kind: SourceKind
    name: str = ""
    key: str = ""
    noun: str = ""
    nouns: frozenset[str] = frozenset()
    pronoun: str = ""
    definite: bool = False
    plural: bool = False
    group: bool = False
    gender: str = ""
    speaks_for: str = ""


@cache
def _nouns(name: str) -> frozenset[str]:
    return frozenset(read_list("people.toml")[name])


@cache
def _demonyms() -> dict[str, str]:
    return dict(pair.split("=") for pair in read_list("people.toml")["demonyms"])


def describe_source(phrase: str, head: str, pack: Pack) -> Description:
    """Return what a source's words show; `head` is the noun phrase without its apposition."""
    phrase, head = OWNER.sub("", phrase), OWNER.sub("", head)
    words = WORD.findall(head.strip("“”\"«»„'‘’"))
    whole = " ".join(phrase.split())
    lows = [w.lower().replace("’", "'") for w in words]
    pronoun = _read_pronoun(lows, pack)
    if pronoun:
        return _describe_pronoun(whole, pronoun, pack)
    authored = _find_author(words, lows)
    if authored is not None:
        return describe_source(phrase, authored, pack)
    cut = _find_cut(words, lows)
    name = _read_name(words, lows, cut) or _read_name_before(words, lows, cut)
    if not name or name.split()[-1].lower() in _nouns("roles"):
        apposed = _read_apposed(whole, " ".join(words)) or _read_apposed(whole, " ".join(words[:cut]))
        name = apposed or _read_apposed_to_whole(whole) or name
    name = "" if pack.language == "de" and _is_german_noun(lows, name) else name
    nouns = frozenset(
        w
        for w in WORD.findall(whole.lower())
        if w in _nouns("roles") or w in _nouns("sources") or w in _nouns("groups") or w in _nouns("documents")
    )
    noun = _read_noun(lows, cut)
    plural = _is_plural(noun, lows)
    base = Description(
        words=whole,
        kind=SourceKind.NAMED,
        noun=noun,
        nouns=nouns,
        definite=bool(lows) and lows[0] in _nouns("definite"),
        plural=plural,
        gender=_tell_gender(WORD.findall(RELATIVE.split(whole)[0].lower()), pack),
    )
    return _fill(base, name, words, lows, cut)


def _is_plural(noun: str, lows: Sequence[str]) -> bool:
    """Say whether a noun phrase means several: by its noun, or by "two" or "several" before it."""
    if noun in {"people", "police", "those", "they", "staff", "half"} or (bool(lows) and lows[0] in _nouns("several")):
        return True
    single = bool(lows) and lows[0] in {"a", "an", "another", "this", "un", "une", "ein", "eine"}
    known = noun[:-1] in _nouns("sources") | _nouns("roles")
    return noun.endswith("s") and (known or not (single or noun.endswith(("ss", "us", "is", "news", "series"))))


def _read_pronoun(lows: Sequence[str], pack: Pack) -> str:
    """Return the pronoun that the words are: "she", "she'd", "she herself", "they all", "its" for "it"."""
    low = CONTRACTED.sub("", lows[0]) if lows else ""
    low = POSSESSIVE.get(low, low) if len(lows) == 1 else low
    others = {"who", "them", "him", "her", "lui", "eux", "ihm", "ihr"}
    known = low in others or any(pack.has(group, low) for group in ("pronouns", "first", "masculine", "feminine"))
    alone = all(w in SELF or "'" + w in SELF for w in lows[1:])
    return low if known and alone else ""


def _describe_pronoun(whole: str, low: str, pack: Pack) -> Description:
    gender = "m" if pack.has("masculine", low) else "f" if pack.has("feminine", low) else ""
    plural = pack.has("plural", low)
    return Description(words=whole, kind=SourceKind.ROLE, pronoun=low, plural=plural and gender == "", gender=gender)


def _find_author(words: Sequence[str], lows: Sequence[str]) -> str | None:
    """Return "X" from "an interview two weeks ago with X"."""
    for at, low in enumerate(lows[:4]):
        if low in _nouns("about"):
            for place in range(at + 1, len(words) - 1):
                if lows[place] in {"with", "from", "by", "avec", "mit", "con", "von", "par", "de"}:
                    last = next((i for i in range(place + 2, len(words)) if lows[i] == "to"), len(words))
                    rest = words[place + 1 : last]
                    return " ".join(rest) if any(w[:1].isupper() for w in rest) else None
    return None


def _find_cut(words: Sequence[str], lows: Sequence[str]) -> int:
    """Return where the head of a noun phrase ends: before the first "of", "in", "who" or comma after a noun."""
    for at in range(1, len(words)):
        if lows[at] in _nouns("links") or words[at] == ",":
            return at
        if lows[at] == "to" and lows[at - 1] in _nouns("sources") | _nouns("roles"):
            return at
    return len(words)


def is_caseless(word: str) -> bool:
    """Say whether a word is of a script without capitals, as Arabic is: where it names a source, it is a name."""
    return word[:1].isalpha() and word[:1].upper() == word[:1].lower() and not word[:1].isascii()


def _is_name_word(word: str, low: str, first: bool) -> bool:
    if not (word[:1].isupper() or is_caseless(word)):
        return False
    common = ("sources", "roles", "documents", "groups", "not_names", "definite", "indefinite")
    return not (first and any(low in _nouns(name) for name in common))


def _read_name(words: Sequence[str], lows: Sequence[str], cut: int) -> str:
    """Return the capitalised run that ends the head, with "of ..." where it is an institution's."""
    first = cut
    while first > 0 and _is_name_word(words[first - 1], lows[first - 1], first - 1 == 0):
        first -= 1
        if first > 0 and words[first].endswith(("'s", "’s")) and first < cut - 1:
            first += 1
            break
    if first == 1 and cut >= 2 and words[0][:1].isupper() and lows[0] in _nouns("outlets"):
        first = 0
    if first >= cut:
        return ""
    institutions = _nouns("groups") | _nouns("outlets")
    if cut < len(words) and lows[cut] in _nouns("org_links") and not institutions.isdisjoint(lows[first:cut]):
        last = cut
        while last < len(words) and (words[last][:1].isupper() or lows[last] in _nouns("org_links")):
            last += 1
        while last > cut and lows[last - 1] in _nouns("org_links"):
            last -= 1
        return " ".join(words[first:last])
    return " ".join(words[first:cut])


def _read_name_before(words: Sequence[str], lows: Sequence[str], cut: int) -> str:
    """Return "Brill" in "the Brill agency"; "a Brill reporter" is somebody else."""
    if cut < 2 or lows[cut - 1] not in _nouns("groups") | _nouns("outlets"):
        return ""
    if words[cut - 1].islower() and lows[cut - 1] in _nouns("sources") and lows[0] in _nouns("indefinite"):
        return ""
    last = cut - 1
    while last > 0 and words[last - 1].islower() and lows[last - 1] in _nouns("groups") | _nouns("outlets"):
        last -= 1
    first = last
    small = _nouns("definite") | _nouns("indefinite") | frozenset(_demonyms())
    while first > 0 and words[first - 1][:1].isupper() and lows[first - 1] not in small:
        first -= 1
    return " ".join(words[first:cut]) if first < last else ""


def _read_apposed(whole: str, head: str) -> str:
    """Return "Edda Morn" in "a ward doctor, Edda Morn"."""
    match = APPOSED.match(whole, len(head)) if whole.startswith(head) else None
    return match.group(1) if match else ""


def _is_german_noun(lows: Sequence[str], name: str) -> bool:
    """Say whether what looks like a name is a noun after its article ("die Agentur"): in German each has a capital."""
    known = any(name.lower() in _nouns(kind) for kind in ("groups", "outlets", "sources", "roles", "documents"))
    return known and len(lows) == 2 and lows[0] in _nouns("definite")


def _read_apposed_to_whole(whole: str) -> str:
    """Return "Edda Morn" in "a nurse from the valley, Edda Morn"; after "from the agency" it may be the agency's."""
    before = whole.split(",", maxsplit=1)[0].rstrip()
    name, last = _read_apposed(whole, before), before.lower().split(" ")[-1]
    body = any(last in _nouns(kind) for kind in ("groups", "outlets", "documents"))
    return name if " " in name and (tell_given(name) or not body) else ""


def _read_noun(lows: Sequence[str], cut: int) -> str:
    return lows[cut - 1].removesuffix("'s") if cut else ""


@cache
def _given_names() -> dict[str, str]:
    names = read_list("given.toml")
    return {name: sex[0] for sex in ("masculine", "feminine") for name in names[sex]}


def tell_given(name: str) -> str:
    """Return the sex, "m" or "f", that a full name's first word shows, or an empty string."""
    words = _clean_name(name).lower().split() if " " in name else []
    return _given_names().get(words[0].split("-")[0], "") if words else ""


def _tell_gender(lows: Sequence[str], pack: Pack) -> str:
    if any(w in _nouns("feminine") for w in lows):
        return "f"
    masculine = _nouns("masculine") | (_nouns("masculine_abroad") if pack.language != "en" else frozenset())
    return "m" if any(w in masculine for w in lows) else ""


def _fill(base: Description, name: str, words: Sequence[str], lows: Sequence[str], cut: int) -> Description:
    """Complete a description with its kind, name and institution."""
    key = make_key(name) if name else ""
    low_name = name.lower()
    if key and len(lows[:cut]) == 2 and lows[0] in {"a", "an", "ein", "eine", "einer", "un", "une"} and " " not in key:
        name = key = ""
    if key and low_name in _demonyms() and len(words) <= 3:
        return _with(base, SourceKind.UNNAMED, speaks_for=_demonyms()[low_name])
    if key and not _is_noun_at_end(lows, cut):
        group = _is_group(key.split(), lows, name)
        known = base if group or base.gender else replace(base, gender=tell_given(name))
        return _with(
            known, SourceKind.GROUP if group else SourceKind.NAMED, name=_clean_name(name), key=key, group=group
        )
    noun, speaks_for = base.noun, _find_institution(words, lows, cut)
    indefinite = base.plural or not lows or lows[0] in _nouns("indefinite") or not base.definite
    if noun in _nouns("groups") and noun not in {"press"}:
        return _with(base, SourceKind.GROUP, group=True, speaks_for=speaks_for)
    if noun in _nouns("documents"):
        return _with(base, SourceKind.DOCUMENT, group=True)
    nameless = indefinite or noun in _nouns("sources") - _nouns("roles")
    return _with(base, SourceKind.UNNAMED if nameless else SourceKind.ROLE, speaks_for=speaks_for)


def _with(
    base: Description, kind: SourceKind, name: str = "", key: str = "", group: bool = False, speaks_for: str = ""
) -> Description:
    return Description(
        words=base.words,
        kind=kind,
        name=name,
        key=key,
        noun=base.noun,
        nouns=base.nouns,
        definite=base.definite,
        plural=base.plural,
        group=group,
        gender=base.gender,
        speaks_for=speaks_for,
    )


def _is_noun_at_end(lows: Sequence[str], cut: int) -> bool:
    """Say whether the head ends in a common noun written with a capital ("Sources", "Customs chiefs")."""
    return cut == 1 and (lows[0] in _nouns("sources") or lows[0] in _nouns("documents"))


def _is_group(key: Sequence[str], lows: Sequence[str], name: str) -> bool:
    marks = _nouns("groups") | _nouns("outlets")
    if any(w in marks for w in key) or any(w in _nouns("outlets") - _nouns("one_person") for w in lows[:3]):
        return True
    titled = lows[0].rstrip(".") in _nouns("titles") | _nouns("roles") if len(lows) > 1 else False
    return (
        len(key) == 1
        and name.isupper()
        and len(name) > 1
        and not titled
        or bool(lows)
        and lows[0] in {"the", "die", "la", "l'"}
        and len(key) <= 4
        and name[:1].isupper()
        and lows[1:2] != []
        and lows[1].rstrip(".") not in _nouns("titles") | _nouns("roles")
        and lows[1] == name.split(maxsplit=1)[0].lower()
    )


def _clean_name(name: str) -> str:
    words = name.split()
    while len(words) > 1 and words[0].lower().rstrip(".") in _nouns("titles"):
        words = words[1:]
    last = words[-1]
    words[-1] = (
        last.removesuffix("'s").removesuffix("’s").rstrip("'’") if not last.endswith(("s'", "s’")) else last[:-1]
    )
    return " ".join(words)


def _find_institution(words: Sequence[str], lows: Sequence[str], cut: int) -> str:
    """Return whom somebody without a name speaks for: "the Border Guard", "Algeria", "the electoral commission"."""
    if cut < len(words) and lows[cut] in {
        "of",
        "for",
        "in",
        "at",
        "from",
        "to",
        "du",
        "de",
        "des",
        "von",
        "vom",
        "der",
        "del",
        "within",
        "inside",
        "with",
    }:
        rest = list(words[cut + 1 :])
        if lows[cut] == "with" and not {"knowledge", "access", "sight", "involvement"}.isdisjoint(lows[cut:]):
            rest = []
        stop = next(
            (i for i, w in enumerate(rest) if w == "," or w.lower() in {"who", "which", "that", "said"}), len(rest)
        )
        return " ".join(rest[:stop])
    for at, low in enumerate(lows[:cut]):
        stem = low.split("-")[0]
        if stem in _demonyms():
            return _demonyms()[stem]
        if words[at][:1].isupper() and at > 0 and at < cut - 1:
            return " ".join(words[at : max(at + 1, cut - 1)])
    return " ".join(w for w in lows[: max(cut - 1, 0)] if w in _nouns("sides") | _nouns("groups"))


def find_access(sentence: str) -> str:
    """Return the words that say what a source could know ("familiar with the talks"), or an empty string."""
    return _find_clause(sentence, read_list("people.toml")["access"])


def find_anonymity(sentence: str) -> str:
    """Return the words that say why a source goes without a name, or an empty string."""
    return _find_clause(sentence, read_list("people.toml")["anonymity"])


def _find_clause(sentence: str, openings: Sequence[str]) -> str:
    flat = " ".join(sentence.split())
    low = flat.lower().replace("’", "'")
    opening = find_phrase(flat, openings)
    if not opening:
        return ""
    start = low.find(opening)
    end = min((i for i in (flat.find(m, start) for m in (",", ".", ";", "”", '"')) if i > 0), default=len(flat))
    return flat[start:end]

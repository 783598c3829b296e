"""What shows the part a word plays in an attribution?

Traits are short strings for the tagger. Those of a word alone are read once for each sentence; those that depend on the
trigger (side, distance, what lies between, what the rules made of it) once for each trigger.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from firsthand.attribution.cues import load_pack, read_list
from firsthand.attribution.grammar.hits import Finding
from firsthand.attribution.learnt.triggers import load_triggers
from firsthand.attribution.text.tokens import Token
from firsthand.model import record

BEFORE, AFTER = 45, 60
SMALL = (
    "auxiliaries",
    "pronouns",
    "determiners",
    "that",
    "relative",
    "negations",
    "conjunctions",
    "prepositions",
    "weekdays",
    "times",
    "adverbs",
)
NOUNS = ("sources", "roles", "groups", "documents", "outlets")
NEAR = (0, 1, 2, 3, 4, 5, 5, 5, 8, 8, 8, 8, 8)
EDGE = "<>"


@record
class Traits:
    """What the words of one sentence show by themselves: their strings, their classes, and whether each is a verb."""

    strings: list[list[str]]
    classes: list[str]
    words: list[str]
    verbs: list[bool]
    alike: list[str]


@cache
def _class_words() -> dict[str, str]:
    """Return the class of every small word, of words for sources, and of triggers."""
    small, people = load_pack("en").small, read_list("people.toml")
    found: dict[str, str] = {}
    for name in SMALL:
        for word in sorted(small[name]):
            found.setdefault(word, name)
    for name in NOUNS:
        for word in people[name]:
            found.setdefault(word, name)
    for word, trigger in load_triggers().items():
        found.setdefault(word, trigger.part)
    return found


@cache
def _word_classes() -> dict[str, str]:
    """Return the class of words that stand in like company, learnt from unlabelled text."""
    classes = read_list("../weights/classes.toml")["classes"]
    return {word: f"~{number}" for number, words in enumerate(classes) for word in words.split()}


@cache
def _tell_word(low: str) -> tuple[str, str]:
    """Return a word as the tagger knows it and its class."""
    if not low[0].isalnum():
        return low[:2], low[:1]
    if low[0].isdigit():
        return "#", "#"
    known = _class_words().get(low.removesuffix("'s"))
    if low.endswith(("'s", "s'")) and known != "pronouns":
        return low, f"{known or ''}'s"
    return low, known or _word_classes().get(low) or f"-{low[-3:]}"


def read_traits(tokens: Sequence[Token]) -> Traits:
    """Return what each word of a sentence shows by itself."""
    words: list[str] = []
    classes: list[str] = []
    for token in tokens:
        if token.kind == "quote":
            word, kind = "“”", "quote"
        elif token.kind == "name":
            word, kind = "“”", "name"
        else:
            word, kind = _tell_word(token.low)
            if token.kind == "word" and token.text[0].isupper() and words and kind[0] in "-~":
                kind = "Name"
        words.append(word)
        classes.append(kind)
    verbs = [kind in {"auxiliaries", "verb"} or word.endswith("ed") for kind, word in zip(classes, words, strict=True)]
    alike = [_word_classes().get(word, "") for word in words]
    return Traits(strings=_write_strings(words, classes, alike), classes=classes, words=words, verbs=verbs, alike=alike)


def _write_strings(words: Sequence[str], classes: Sequence[str], alike: Sequence[str]) -> list[list[str]]:
    g = [EDGE, *alike, EDGE]
    w, c = [EDGE, EDGE, *words, EDGE, EDGE], [EDGE, EDGE, *classes, EDGE, EDGE]
    return [
        [
            "w " + w[i],
            "c " + c[i],
            f"cc {c[i - 1]} {c[i]}",
            f"cn {c[i]} {c[i + 1]}",
            f"ccc {c[i - 1]} {c[i]} {c[i + 1]}",
            "w- " + w[i - 1],
            "w+ " + w[i + 1],
            "s " + w[i][-3:],
            "g " + g[i - 1],
            "g- " + g[i - 2],
            "g+ " + g[i],
        ]
        for i in range(2, len(words) + 2)
    ]


def read_roles(tokens: Sequence[Token], finding: Finding) -> dict[int, str]:
    """Return the role a finding gives to each of a sentence's words it covers."""
    roles: dict[int, str] = {}
    spans = [("C", s) for s in finding.content] + ([("S", finding.source)] if finding.source else [])
    for at, token in enumerate(tokens):
        for role, (start, end) in spans:
            if token.start < end and start < token.end and start <= token.start + 1:
                roles[at] = role
    return roles


def write_sequence(
    traits: Traits, trigger: int, ruled: Sequence[tuple[str, dict[int, str]]], others: dict[int, str]
) -> tuple[int, list[list[str]]]:
    """Return where a trigger's window begins and the strings of its words.

    `ruled` holds the rules that fired on the trigger with the roles they gave; `others` the roles other rules gave.
    """
    known = load_triggers().get(traits.words[trigger])
    lemma, kind = (known.lemma, known.classes) if known else (traits.words[trigger], "")
    low, high = max(0, trigger - BEFORE), min(len(traits.words), trigger + AFTER)
    sequence = [list(strings) for strings in traits.strings[low:high]]
    roles = [_role_at(ruled, others, at) for at in range(low - 1, high + 1)]
    for step, side in ((-1, "<"), (1, ">")):
        commas = verbs = thats = 0
        at = trigger + step
        while low <= at < high:
            c, w = traits.classes[at], traits.words[at]
            distance = NEAR[min(abs(at - trigger), 12)]
            role, here = roles[at - low + 1], sequence[at - low]
            here += (
                f"{side}{distance}",
                f"{side}{distance}{c}",
                f"{side}{c} {lemma}",
                f"{side}w {w}",
                f"{side}{commas}{verbs}{thats}",
                f"{side}{commas}{verbs}{c}",
                f"r {role}",
                f"r {role}{side}{c}",
                f"r {roles[at - low]}{role}{roles[at - low + 2]}",
                f"k {kind}{side}{distance}",
            )
            commas = min(2, commas + (w == ","))
            verbs = min(2, verbs + traits.verbs[at])
            thats = 1 if c == "that" else thats
            at += step
    sequence[trigger - low] += _describe_trigger(traits, trigger, lemma, kind, roles[trigger - low + 1])
    return low, sequence


def _role_at(ruled: Sequence[tuple[str, dict[int, str]]], others: dict[int, str], at: int) -> str:
    for rule, roles in ruled:
        if at in roles:
            return roles[at] + rule[:12]
    return ("+" if ruled else "-") + others.get(at, "")


def _describe_trigger(traits: Traits, at: int, lemma: str, kind: str, role: str) -> list[str]:
    c, w = [EDGE, EDGE, *traits.classes, EDGE, EDGE], [EDGE, EDGE, *traits.words, EDGE, EDGE]
    i = at + 2
    return [
        "T",
        "Tl " + lemma,
        "Tk " + kind,
        "Tw " + w[i],
        f"Tn {lemma} {c[i + 1]}",
        f"Tp {c[i - 1]} {lemma}",
        f"Tc {c[i - 1]} {kind} {c[i + 1]}",
        f"Tcc {c[i - 2]} {c[i - 1]} {kind}",
        f"Tnn {kind} {c[i + 1]} {c[i + 2]}",
        f"Tw+ {w[i + 1]} {kind}",
        f"Tw- {w[i - 1]} {kind}",
        f"Tx {w[i][-3:]} {c[i - 1]} {c[i + 1]}",
        "Tg " + traits.alike[at],
        f"Tg {traits.alike[at]} {c[i - 1]} {c[i + 1]}",
        "Tr " + role,
        f"Tr {role} {kind}",
    ]

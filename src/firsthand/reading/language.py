"""Which language is this written in?

Common short words settle most texts in microseconds; a trained identifier is loaded only for the rest.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from firsthand.reading.lists import load_groups, load_list

ENOUGH_WORDS = 6
ENOUGH_LETTERS = 40
# Where a sign is a syllable or a word.
DENSE = ("han", "kana", "hangul")
ENOUGH_SIGNS = 12
CLEAR_LEAD = 1.5
SAMPLE = 6000


def detect_language(text: str, declared: str = "") -> str:
    """Return the two-letter code of the language of `text`, or an empty string where nothing tells.

    `declared` is what the item says of itself ("en-GB"); it decides only where the words do not.
    """
    sample = text[:SAMPLE]
    code = _fit(_code(declared), sample)
    counted = _count_common_words(sample)
    if counted:
        (best, most), *rest = counted
        second = rest[0][1] if rest else 0
        if most >= ENOUGH_WORDS and most >= CLEAR_LEAD * second:
            return best
    dense = find_script(sample) in DENSE
    if code or sum(letter.isalpha() for letter in sample) < (ENOUGH_SIGNS if dense else ENOUGH_LETTERS):
        return code
    return _identify(sample)


def _fit(code: str, sample: str) -> str:
    """Return a declared language, unless it is one that is never written in the script of the words."""
    languages = load_groups("scripts.toml", "languages")
    known = code in {one for group in languages.values() for one in group}
    script = find_script(sample) if known else ""
    # Latin letters prove nothing: any language may stand in them, as names and addresses do.
    return "" if script not in ("", "latin") and code not in languages[script] else code


def _code(declared: str) -> str:
    match = re.match(r"[A-Za-z]{2,3}(?![A-Za-z])", declared.strip())
    return match[0].lower() if match else ""


@cache
def _common_words() -> dict[str, tuple[str, ...]]:
    languages: dict[str, list[str]] = {}
    for language, words in load_list("common_words.toml").items():
        for word in words:
            languages.setdefault(word, []).append(language)
    return {word: tuple(found) for word, found in languages.items()}


def _count_common_words(sample: str) -> list[tuple[str, int]]:
    known = _common_words()
    counts: Counter[str] = Counter()
    for word in re.findall(r"[^\W\d_]+", sample.lower()):
        counts.update(known.get(word, ()))
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def find_script(sample: str) -> str:
    """Return the script most letters of `sample` are in, or an empty string; any kana among them make it Japanese."""
    counts: Counter[str] = Counter()
    for name, pattern in _scripts().items():
        counts[name] = len(pattern.findall(sample))
    if counts["kana"] and counts["kana"] + counts["han"] > counts["latin"]:
        return "kana"
    best = max(counts, key=lambda name: (counts[name], name))
    return best if counts[best] else ""


@cache
def _scripts() -> dict[str, re.Pattern[str]]:
    blocks = load_list("scripts.toml")
    written = {name: [one.split("-") for one in ranges] for name, ranges in blocks.items()}
    return {
        name: re.compile("[" + "".join(f"{chr(int(a, 16))}-{chr(int(b, 16))}" for a, b in ranges) + "]")
        for name, ranges in written.items()
    }


def _identify(sample: str) -> str:
    """Ask the identifier, and take the likeliest of the languages written in this script."""
    allowed = load_groups("scripts.toml", "languages").get(find_script(sample), ())
    if len(allowed) == 1:
        return allowed[0]
    import py3langid

    ranked = [str(language) for language, _ in py3langid.rank(sample)]
    return next((language for language in ranked if language in allowed), ranked[0])

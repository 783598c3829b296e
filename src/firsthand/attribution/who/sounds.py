"""Do two names sound the same, however they were brought into Latin letters?

A sound key of our own: what different romanisations of Arabic, Persian, Cyrillic and Greek names write in different
ways is written in one. Short vowels of one colour (e and a, o and u) are one, for that is where romanisations differ.
Names in scripts that leave short vowels out are compared by their consonants.
It says that two names may be one; in a pile of a few hundred names that is nearly always so.
"""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii

UNVOWELLED = re.compile(r"[\u0590-\u07bf\ufb1d-\ufdff\ufe70-\ufefc]")
ARABIC_ARTICLE = re.compile(r"(?<!\w)\u0627\u0644(?=\w{2})")
# Letters of Arabic that stand for no consonant of their own in Latin spelling.
ARABIC_MUTE = re.compile(r"[\u0621-\u0627\u0629\u0639\u0649\u064b-\u0652]")
GREEK = (("ου", "ou"), ("ού", "ou"), ("μπ", "b"), ("ντ", "nt"), ("γγ", "ng"), ("γκ", "gk"), ("ευ", "ev"), ("αυ", "av"))
ARTICLE = re.compile(r"\b(?:al|el|ul|ar|as|ash|at|az|an|ad|ed|es|er|en)-(?=[a-z]{3})")
SERVANT = re.compile(r"\babd(?:u|e|o|ou|i)?(?:l|r|s|n)?(?:[ -](?:al|el|ul|ur|ar|er|as|es)\b)?[ -]?(?=[a-z]{3})")
PARTICLES = (
    (re.compile(r"\b(?:bin|ibn|bn|ben)\b"), ""),
    (re.compile(r"\b(?:ould|ouled|walad|uld|weld)\b"), "uld"),
    (re.compile(r"\b(?:abou|abo|aboo)\b"), "abu"),
    (re.compile(r"\b(?:van|von|vom|zu|der|den|de|del|della|di|da|dos|du|af|av|al|el|y|the)\b"), ""),
)
# In order; each reads what several spellings have in common as one.
SPELLED = (
    (re.compile(r"shch|schtsch|chtch|stsj"), "4"),
    (re.compile(r"tsch|tch|tsh|tsj|(?<![sc])ch|sch|sh|cz"), "3"),
    (re.compile(r"zh|dzh|dsch|dj|j(?=[aeiou])"), "j"),
    (re.compile(r"\by(?=e)|(?<=[^aeiou])j(?=e)"), ""),
    (re.compile(r"[khcg]h(?=[aeiouyrlm])|kh|gh"), "h"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"dh"), "d"),
    (re.compile(r"th"), "t"),
    (re.compile(r"ck|q|c(?![eiy])"), "k"),
    (re.compile(r"ce|ci"), "si"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"w|(?<=o)ff$"), "v"),
    (re.compile(r"tz|ts"), "z"),
    (re.compile(r"oui|oei"), "ui"),
    (re.compile(r"ou|oo|ue|oe"), "u"),
    (re.compile(r"aa|ae"), "a"),
    (re.compile(r"(?:iy|ij|yj|yi|yy|ii|ie|ee|y|i)(?![aeiou])"), "i"),
    (re.compile(r"[yj](?=[aou])"), "i"),
    (re.compile(r"j(?![aeiou])"), "i"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"(?<=[aeou])h$|(?<=[aeou])h(?=[^aeiou])"), ""),
    (re.compile(r"ie$"), "i"),
)
VOWELS = re.compile(r"[aeiouv]")
COLOURS = str.maketrans("eo", "au")
LEAST_LETTERS = 5  # a shorter word is told from its neighbours by its vowel alone: Stam, Stem
LEAST_CONSONANTS = 3


@lru_cache(maxsize=16384)
def sound_name(name: str) -> str:
    """Return the sound key of a name, its words run together; titles are left in."""
    plain = ARABIC_ARTICLE.sub("", name)
    plain = ARABIC_MUTE.sub("", plain) if UNVOWELLED.search(plain) else plain
    for greek, latin in GREEK:
        plain = plain.casefold().replace(greek, latin) if greek in plain.casefold() else plain
    plain = anyascii(plain).casefold().replace("\u2019", "'")
    plain = re.sub(r"'s\b|['`]", "", plain)
    plain = SERVANT.sub("abd", ARTICLE.sub("", plain))
    for pattern, common in PARTICLES:
        plain = pattern.sub(common, plain)
    return "".join(sound_word(word) for word in re.findall(r"[a-z0-9]+", plain))


@lru_cache(maxsize=65536)
def sound_word(word: str) -> str:
    """Return the sound key of one word of lower-case Latin letters."""
    short = len(word) < LEAST_LETTERS
    for pattern, common in SPELLED:
        word = pattern.sub(common, word)
    return word if short else re.sub(r"([aiu])\1+", r"\1", word.translate(COLOURS))


def list_consonants(sound: str) -> str:
    """Return the consonants of a sound key, by which a name without short vowels is compared."""
    return re.sub(r"(.)\1+", r"\1", VOWELS.sub("", sound.replace("h", "")))


def sound_alike(one: str, other: str) -> bool:
    """Say whether two names may be spellings of one name."""
    first, second = sound_name(one), sound_name(other)
    if first == second:
        return bool(first)
    if not (UNVOWELLED.search(one) or UNVOWELLED.search(other)):
        return False
    bones = list_consonants(first), list_consonants(second)
    return bones[0] == bones[1] and len(bones[0]) >= LEAST_CONSONANTS

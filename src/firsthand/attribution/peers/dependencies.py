"""Who says what, by a sentence's tree of Universal Dependencies?

Rules over relations, not words: the subject of a word of saying is the source, its clausal complement, or the clause
it is hung on in parataxis, the content; "according to" makes its noun the source of the clause it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from firsthand.attribution.cues import Cue, Pack, load_pack
from firsthand.attribution.proposals import Piece, Proposal, cut_piece
from firsthand.model import record

SUBJECTS = ("nsubj", "csubj")
ACCORDING = frozenset({"according", "selon", "laut", "zufolge", "según", "per"})
BORROWING = ("advcl", "conj", "xcomp", "acl")
LEADING = ("mark", "cc", "punct")
SPEAKING = frozenset({"say", "report", "write", "tell", "show", "deny", "ask", "believe", "intend", "call", "perceive"})


@record
class Word:
    """A word of a parse: its offsets, form, lemma, part of speech, its head's number (-1: root) and its relation."""

    start: int
    end: int
    form: str
    lemma: str
    upos: str
    head: int
    relation: str


@record
class Tree:
    """A parsed text: its words, and the numbers of the words that hang on each."""

    text: str
    words: tuple[Word, ...]
    children: tuple[tuple[int, ...], ...]


def propose_from_words(text: str, words: Sequence[Word], language: str) -> Iterator[Proposal]:
    """Yield what a parse attributes. Heads are numbers of words in `words`; offsets count characters of `text`."""
    hanging: list[list[int]] = [[] for _ in words]
    for number, word in enumerate(words):
        if 0 <= word.head < len(words) and word.head != number:
            hanging[word.head].append(number)
    tree = Tree(text=text, words=tuple(words), children=tuple(tuple(h) for h in hanging))
    pack = load_pack(language or "en")
    for number in range(len(words)):
        proposal = _read_verb(tree, number, pack) or _read_noun(tree, number, pack) or _read_according(tree, number)
        if proposal is not None:
            yield proposal


def _read_verb(tree: Tree, number: int, pack: Pack) -> Proposal | None:
    """Read a word of saying with its subject and its complement."""
    word = tree.words[number]
    entry = _find_entry(word, pack)
    if word.upos not in {"VERB", "AUX"} or entry is None or entry.cue_class not in SPEAKING:
        return None
    content = _find_content(tree, number, entry)
    source = _find_source(tree, number) if content else None
    if not content or source is None:
        return None
    return _make(tree, content, source, number)


def _find_entry(word: Word, pack: Pack) -> Cue | None:
    return pack.verbs.get((word.form.lower(),)) or pack.verbs.get((word.lemma.lower(),))


def _find_content(tree: Tree, number: int, entry: Cue) -> list[int]:
    """Return the words of what is said: the complement, the clause the verb is hung on, or the object."""
    clause = _child(tree, number, ("ccomp",))
    if clause is not None:
        return _subtree(tree, clause, leave=LEADING)
    word = tree.words[number]
    beside = _child(tree, number, ("parataxis",))
    if beside is not None and not _child(tree, number, ("obj",)):
        return _subtree(tree, beside, leave=LEADING)
    if _base(word.relation) == "parataxis" and word.head >= 0:
        own = set(_subtree(tree, number))
        return [n for n in _subtree(tree, word.head, leave=("cc",)) if n not in own]
    if entry.cue_class in {"ask", "intend", "believe"} or "to" in entry.frames:
        clause = _child(tree, number, ("xcomp",))
        if clause is not None:
            return _subtree(tree, clause)
    found = _child(tree, number, ("obj",)) if "object" in entry.frames and not entry.ambiguous else None
    return _subtree(tree, found) if found is not None else []


def _find_source(tree: Tree, number: int) -> list[int] | None:
    """Return the words of the subject, of "by S" in the passive, or the subject shared with the verb above."""
    for _ in range(4):
        if _child(tree, number, ("nsubj:pass",)) is not None:
            agent = _child(tree, number, ("obl:agent",))
            return _subtree(tree, agent, leave=("case",)) if agent is not None else None
        subject = _child(tree, number, SUBJECTS)
        if subject is not None:
            return _name_relative(tree, number, subject)
        word = tree.words[number]
        if _base(word.relation) == "acl" and word.head >= 0:
            return [n for n in _subtree(tree, word.head) if n not in set(_subtree(tree, number))]
        if _base(word.relation) not in BORROWING or word.head < 0:
            return None
        number = word.head
    return None


def _name_relative(tree: Tree, number: int, subject: int) -> list[int]:
    """Return the words of a subject; of "who" those of the noun it stands for."""
    word = tree.words[number]
    if (
        _base(word.relation) == "acl"
        and word.head >= 0
        and tree.words[subject].form.lower() in {"who", "which", "that"}
    ):
        own = set(_subtree(tree, number))
        return [n for n in _subtree(tree, word.head, leave=("case",)) if n not in own]
    return _subtree(tree, subject, leave=("case",))


def _read_noun(tree: Tree, number: int, pack: Pack) -> Proposal | None:
    """Read "S's claim that C"."""
    word = tree.words[number]
    if word.upos != "NOUN" or ((word.form.lower(),) not in pack.nouns and (word.lemma.lower(),) not in pack.nouns):
        return None
    clause = _child(tree, number, ("acl", "ccomp"))
    owner = _child(tree, number, ("nmod:poss",))
    if clause is None or owner is None or _base(tree.words[clause].relation) == "acl:relcl":
        return None
    return _make(tree, _subtree(tree, clause, leave=LEADING), _subtree(tree, owner, leave=("case",)), number)


def _read_according(tree: Tree, number: int) -> Proposal | None:
    """Read "according to S, C": a noun whose preposition is one of according, and the clause it belongs to."""
    word = tree.words[number]
    case = next((c for c in tree.children[number] if tree.words[c].form.lower() in ACCORDING), None)
    if case is None or word.head < 0 or _base(tree.words[case].relation) not in {"case", "mark", "advmod"}:
        return None
    own = set(_subtree(tree, number))
    content = [n for n in _subtree(tree, word.head, leave=("cc",)) if n not in own]
    source = [n for n in own if n not in set(_subtree(tree, case))]
    return _make(tree, content, sorted(source), case) if content and source else None


def _child(tree: Tree, number: int, relations: Sequence[str]) -> int | None:
    """Return the first word hung on another by one of the relations; "nsubj" takes its subtypes along."""
    names = frozenset(relations)
    return next(
        (c for c in tree.children[number] if tree.words[c].relation in names or _base(tree.words[c].relation) in names),
        None,
    )


def _base(relation: str) -> str:
    return relation.partition(":")[0]


def _subtree(tree: Tree, number: int, leave: Sequence[str] = ()) -> list[int]:
    """Return a word and all that hangs on it, in order, without what hangs directly on it by the relations left out."""
    found, queue = [], [number]
    seen = {number}
    while queue:
        at = queue.pop()
        found.append(at)
        for child in tree.children[at]:
            left_out = at == number and tree.words[child].relation in leave
            if child not in seen and not left_out:
                seen.add(child)
                queue.append(child)
    return sorted(found)


def _make(tree: Tree, content: Sequence[int], source: Sequence[int], cue: int) -> Proposal | None:
    pieces = _cut(tree, content)
    named = _cut(tree, source)
    if not pieces or not named:
        return None
    word = tree.words[cue]
    return Proposal(content=pieces, source=named[0], cue=cut_piece(tree.text, word.start, word.end))


def _cut(tree: Tree, numbers: Sequence[int]) -> tuple[Piece, ...]:
    """Return words as pieces of the text: runs without a gap, marks at the edges left out."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    pieces = []
    for run in runs:
        while run and tree.words[run[0]].upos == "PUNCT":
            run.pop(0)
        while run and tree.words[run[-1]].upos == "PUNCT":
            run.pop()
        if run:
            pieces.append(cut_piece(tree.text, tree.words[run[0]].start, tree.words[run[-1]].end))
    return tuple(pieces)

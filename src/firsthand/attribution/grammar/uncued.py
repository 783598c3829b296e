"""Whose is a quotation that no word of saying introduces?

By its place: after a name and a colon, over a name and a dash, in the sentence of a subject, in a paragraph of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from firsthand.attribution.cues import Cue, Pack
from firsthand.attribution.grammar.hits import Finding, Stretch, find_hits, find_main_subject, span_of
from firsthand.attribution.grammar.phrases import Phrase, is_speaker, read_right
from firsthand.attribution.grammar.words import is_capital, is_finite
from firsthand.attribution.text.tokens import Token

QUOTED = Cue(word="", cue_class="say")
UTTERED = Cue(word=":", cue_class="say")
DASHES = frozenset({"—", "–", "―", "-", "~"})
LONGEST_LABEL = 24
LONGEST_SIGNATURE = 12
ALONE = 0.45
HEADED = frozenset({"headed", "titled", "entitled"})
RECITES = frozenset({"reads", "goes", "follows", "runs"})
NEARBY = 0.4


def read_uncued(tokens: Sequence[Token], before: Sequence[Token], speaker: Finding | None, pack: Pack) -> list[Finding]:
    """Return the quotation of a sentence without a word of saying, with the speaker its place gives it.

    `before` are the tokens of the sentence before, in the paragraph; `speaker` is whoever was quoted last.
    """
    quotes = [t for t in tokens if t.kind == "quote" and len(t.text.split()) >= 3]
    if not quotes:
        return []
    placed = _read_label(tokens, quotes[-1], pack) or _read_signature(tokens, quotes[0], pack)
    if placed is not None:
        return [placed]
    alone = all(t.kind in {"quote", "mark"} for t in tokens)
    if alone and speaker is not None:
        return [go_on(tokens, speaker, quotes[0])]
    if alone and before:
        return _guess_speaker(tokens, before, quotes[0], pack)
    opened = tokens[max(0, tokens.index(quotes[-1]) - 1)].text == ":"
    if len(quotes[-1].text.split()) >= 5 or opened:
        return _guess_speaker(tokens, tokens, quotes[-1], pack)
    return []


def read_alone(tokens: Sequence[Token], before: Sequence[Token], last: Finding | None, pack: Pack) -> list[Finding]:
    """Return a quotation in a paragraph of its own: of whom the sentence before, or its subject, speaks.

    `last` is the last finding of that sentence, if any.
    """
    quote = find_alone(tokens)
    if quote is None or len(quote.text.split()) < 3:
        return []
    named = _read_heading(before, pack)
    if named is not None:
        return [_place(tokens, named, before, (quote.start, quote.start), quote)]
    guessed = (
        [] if last is not None and last.sentence[1] >= before[-1].start else _guess_speaker(tokens, before, quote, pack)
    )
    if not guessed and last is not None and last.source is not None:
        guessed = [go_on(tokens, last, quote)]
    return [replace(f, rule="quotation alone", probability=ALONE) for f in guessed]


def _read_heading(tokens: Sequence[Token], pack: Pack) -> Phrase | None:
    """Return a line such as "Edda Morn, 34, welder", which stands over what she says."""
    if len(tokens) > LONGEST_LABEL or not is_capital(tokens[0]) or tokens[-1].text in ".!?":
        return None
    if any(t.kind == "quote" or is_finite(tokens, n, pack) for n, t in enumerate(tokens)):
        return None
    end = next((n for n in range(1, len(tokens)) if tokens[n].text in {",", ":", "("}), len(tokens))
    last = len(tokens) - (tokens[-1].text == ":")
    named = all(is_capital(t) for t in tokens[:end]) and last >= 2 and end <= 6 and (end > 1 or end < last)
    return Phrase(first=0, last=last, head_last=min(end, last)) if named else None


def find_alone(tokens: Sequence[Token]) -> Token | None:
    """Return the quotation of a sentence that is nothing else."""
    quotes = [t for t in tokens if t.kind == "quote"]
    return quotes[0] if len(quotes) == 1 and all(t.kind in {"quote", "mark"} for t in tokens) else None


def go_on(tokens: Sequence[Token], speaker: Finding, quote: Token) -> Finding:
    """Return a further quotation of a speaker."""
    return replace(
        speaker,
        sentence=(tokens[0].start, tokens[-1].end),
        content=((quote.start, quote.end),),
        rule="quotation goes on",
        probability=round(0.92 * speaker.probability, 3),
        direct=True,
    )


def find_announced(tokens: Sequence[Token], pack: Pack) -> Finding | None:
    """Return the speaker of "He wrote:" or "Remarks made by General S", whose words the next paragraph quotes."""
    noun = next((i for i, t in enumerate(tokens[:6]) if (t.low,) in pack.nouns), None)
    for at in range(noun + 1, min(len(tokens) - 1, noun + 12)) if noun is not None else ():
        source = read_right(tokens, at + 1, pack) if pack.has("by", tokens[at].low) else None
        if noun is not None and source is not None and is_speaker(tokens, source, pack):
            return _announce(tokens, source, (noun, noun + 1), pack.nouns[(tokens[noun].low,)])
    if tokens[-1].text != ":":
        return None
    headed = next((at for at in range(1, len(tokens) - 2) if tokens[at].low in HEADED), None)
    heading = read_right(tokens, headed + 1, pack) if headed is not None and is_recited(tokens) else None
    if headed is not None and heading is not None:
        return _announce(tokens, heading, (headed, headed + 1), UTTERED)
    hit = next((h for h in reversed(find_hits(tokens, pack)) if h.subject is not None and not h.passive), None)
    if hit is not None and hit.subject is not None:
        return _announce(tokens, hit.subject, (hit.group, hit.last), hit.entry)
    subject = find_main_subject(tokens, len(tokens), pack)
    return _announce(tokens, subject, (len(tokens) - 1, len(tokens)), UTTERED) if subject is not None else None


def is_recited(tokens: Sequence[Token]) -> bool:
    """Say whether a sentence such as "The notice reads as follows:" gives the next paragraph as a document's words."""
    return tokens[-1].text == ":" and any(t.low in RECITES for t in tokens[-4:])


def recite(tokens: Sequence[Token], speaker: Finding) -> Finding:
    """Return a sentence of the document that was announced, without marks of quotation."""
    whole = end_whole(tokens)
    finding = replace(speaker, sentence=(tokens[0].start, tokens[-1].end), content=(whole,), rule="quotation alone")
    return replace(finding, probability=ALONE, direct=True)


def _announce(tokens: Sequence[Token], source: Phrase, cue: tuple[int, int], entry: Cue) -> Finding:
    return Finding(
        sentence=span_of(tokens, 0, len(tokens)),
        source=span_of(tokens, source.first, source.last),
        head=span_of(tokens, source.first, source.head_last),
        cue=span_of(tokens, *cue),
        entry=entry,
        content=(span_of(tokens, 0, len(tokens)),),
        rule="noun",
        probability=0.75,
    )


def _read_label(tokens: Sequence[Token], quote: Token, pack: Pack) -> Finding | None:
    """Read `NAME, OFFICE: "Q"`, where no verb stands before the colon."""
    at = tokens.index(quote)
    colon = at - 1
    if not 1 <= colon <= LONGEST_LABEL or tokens[colon].text != ":" or not is_capital(tokens[0]):
        return None
    if any(is_finite(tokens, n, pack) or tokens[n].kind == "quote" for n in range(colon)):
        return None
    end = next((n for n in range(1, colon) if tokens[n].text == ","), colon)
    source = Phrase(first=0, last=colon, head_last=end)
    return (
        _place(tokens, source, tokens, span_of(tokens, colon, colon + 1), quote)
        if is_speaker(tokens, source, pack)
        else None
    )


def _read_signature(tokens: Sequence[Token], quote: Token, pack: Pack) -> Finding | None:
    """Read `"Q" — Name`."""
    if tokens[0] is not quote or not 3 <= len(tokens) <= 2 + LONGEST_SIGNATURE or tokens[1].text not in DASHES:
        return None
    end = 2
    while end < len(tokens) and (is_capital(tokens[end]) or pack.has("of", tokens[end].low)):
        end += 1
    follows = end < len(tokens) and tokens[end].kind == "word"
    if end == 2 or follows or not is_capital(tokens[end - 1]):
        return None
    return _place(tokens, Phrase(first=2, last=end, head_last=end), tokens, span_of(tokens, 1, 2), quote)


def _place(tokens: Sequence[Token], source: Phrase, named: Sequence[Token], cue: Stretch, quote: Token) -> Finding:
    """Return a quotation of the sentence `tokens` whose speaker, among the tokens `named`, its place tells."""
    return Finding(
        sentence=(tokens[0].start, tokens[-1].end),
        source=span_of(named, source.first, source.last),
        head=span_of(named, source.first, source.head_last),
        cue=cue,
        entry=UTTERED,
        content=((quote.start, quote.end),),
        rule="utterance",
        probability=0.85,
        direct=True,
    )


def _guess_speaker(tokens: Sequence[Token], told: Sequence[Token], quote: Token, pack: Pack) -> list[Finding]:
    """Give a quotation nobody is said to have said to the subject of its sentence, or of the one before."""
    source = find_main_subject(told, len(told), pack)
    if source is None or any(t.kind == "quote" for t in told[source.first : source.last]):
        return []
    return [
        Finding(
            sentence=(tokens[0].start, tokens[-1].end),
            source=span_of(told, source.first, source.last),
            head=span_of(told, source.first, source.head_last),
            cue=(quote.start, quote.start),
            entry=QUOTED,
            content=((quote.start, quote.end),),
            rule="quotation nearby",
            probability=NEARBY,
            direct=True,
        )
    ]


def end_whole(tokens: Sequence[Token]) -> Stretch:
    """Return a sentence without the marks at its end."""
    last = len(tokens)
    while last > 1 and tokens[last - 1].kind == "mark":
        last -= 1
    return span_of(tokens, 0, last)

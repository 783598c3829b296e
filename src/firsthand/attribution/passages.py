"""What does a whole report attribute, paragraph by paragraph?

Sentences are read one by one; what runs over several of them is joined here: a speaker's further quotations,
"Das berichtet S", "S rejects this", reported speech in the German subjunctive, utterances of a transcript.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from firsthand.attribution.cues import Pack
from firsthand.attribution.grammar.hits import Finding, Stretch
from firsthand.attribution.grammar.provenance import read_provenance
from firsthand.attribution.grammar.sentence import read_sentence
from firsthand.attribution.grammar.uncued import (
    UTTERED,
    end_whole,
    find_alone,
    find_announced,
    is_recited,
    read_alone,
    read_uncued,
    recite,
)
from firsthand.attribution.grammar.words import is_capital
from firsthand.attribution.learnt.linker import Model
from firsthand.attribution.text.quotes import QUOTE_MARKS, Quotation, find_quotations
from firsthand.attribution.text.sentences import skip_dateline, split_paragraphs, split_sentences
from firsthand.attribution.text.tokens import Token, read_tokens
from firsthand.model import record

DEEPEST = 2
LABEL = re.compile(
    r"[\"“]?(?:Q\.?\s?\d{0,3}\.?\s)?"
    r"((?:The |DER |Die )?[A-Z][\w.'’-]{0,24}(?:\s[A-Z][\w.'’-]{0,24}){0,4}(?:\s\([^)\n]{1,60}\))?"
    r"|The (?:[\w.'’-]{1,24},?\s){1,10}\([A-Z][\w.'’-]{0,24}(?:\s[A-Z][\w.'’-]{0,24}){1,4}\)):\s"
)
# "The Minister of Works (Sir Alban Pell)": an office, and within brackets who holds it.
HOLDER = re.compile(r"The [^(]{3,} \(([A-Z][\w.'’-]{0,24}(?:\s[A-Z][\w.'’-]{0,24}){1,4})\)$")


@record
class Line:
    """One sentence: its tokens and what was found in it."""

    tokens: tuple[Token, ...]
    found: tuple[Finding, ...]


@record
class Reading:
    """What is read, in which language, with which trained model, inside whose words, how deep."""

    text: str
    pack: Pack
    model: Model | None = None
    inside: Finding | None = None
    depth: int = 0


@record
class Carried:
    """What one paragraph leaves to the next: who goes on speaking, and its last sentence with what was found there."""

    speaker: Finding | None = None
    tokens: tuple[Token, ...] = ()
    found: Finding | None = None

    @property
    def document(self) -> Finding | None:
        """Return the document whose words the next paragraph is, without marks of quotation."""
        return self.speaker if self.tokens and is_recited(self.tokens) else None


def read_stretch(reading: Reading, start: int, end: int) -> list[Finding]:
    """Return the findings of `text[start:end]` in order, those inside quotations included."""
    text = reading.text
    paragraphs = split_paragraphs(text, start, end)
    quotations = find_quotations(text, paragraphs, start, end)
    labels = find_labels(text, paragraphs) if reading.depth == 0 else {}
    found: list[Finding] = []
    carried = Carried()
    at = 0
    for paragraph in paragraphs:
        mine, at = _quotations_of(quotations, paragraph, at)
        label = labels.get(paragraph[0])
        if label is not None:
            carried = Carried()
            _read_utterance(reading, paragraph, label, mine, found)
            continue
        carried = _read_paragraph(reading, paragraph, mine, carried, found)
    return found


def _quotations_of(quotations: Sequence[Quotation], paragraph: Stretch, at: int) -> tuple[tuple[Quotation, ...], int]:
    """Return the quotations of a paragraph, which follow one another from place `at`."""
    while at < len(quotations) and quotations[at].start < paragraph[0]:
        at += 1
    first = at
    while at < len(quotations) and quotations[at].start < paragraph[1]:
        at += 1
    return tuple(quotations[first:at]), at


def find_labels(text: str, paragraphs: Sequence[Stretch]) -> dict[int, Stretch]:
    """Return where each utterance of a transcript names its speaker; nothing if the text is no transcript."""
    labels = {}
    for start, end in paragraphs:
        match = LABEL.match(text, start, min(end, start + 140))
        if match:
            labels[start] = match.span(1)
    names = [text[slice(*_find_head(text, label))].strip() for label in labels.values()]
    shouted = sum(1 for name in names if any(len(w) > 1 and w.isupper() for w in name.split()))
    repeated = len(names) - len(set(names))
    return labels if len(labels) >= 3 and repeated and (shouted >= 3 or repeated >= 2) else {}


def _read_lines(reading: Reading, stretch: Stretch, quotations: Sequence[Quotation]) -> list[Line]:
    text, pack = reading.text, reading.pack
    bounds = [(q.start, q.end) for q in quotations]
    lines = []
    first = skip_dateline(text, *stretch)
    for start, end in split_sentences(text, first, stretch[1], bounds):
        tokens = read_tokens(text, start, end, quotations, pack.language == "fr")
        if tokens:
            lines.append(Line(tokens=tokens, found=read_sentence(tokens, pack, reading.model)))
    return lines


def _read_paragraph(
    reading: Reading,
    paragraph: Stretch,
    quotations: Sequence[Quotation],
    carried: Carried,
    found: list[Finding],
) -> Carried:
    """Add a paragraph's findings; return what it leaves to the next, whose quotation may go on."""
    text, pack = reading.text, reading.pack
    lines = _read_lines(reading, paragraph, quotations)
    speaker = carried.speaker
    mine: list[Finding] = []
    for number, line in enumerate(lines):
        quote = find_alone(line.tokens)
        if quote is not None and found and speaker is found[-1] and number and speaker.direct:
            speaker = found[-1] = replace(speaker, content=(*speaker.content, (quote.start, quote.end)))
            found += _read_quotations(reading, line.tokens, [speaker])
            continue
        mine = _look_back(text, line, lines[max(0, number - 1) : number], pack) or _read_rest(
            line, lines[max(0, number - 1) : number], speaker, pack
        )
        if not mine and carried.document is not None and not quotations:
            mine = [recite(line.tokens, carried.document)]
        if not mine and not number and len(lines) == 1:
            mine = read_alone(line.tokens, carried.tokens, carried.found, pack) if carried.tokens else []
        mine = [replace(f, inside=reading.inside) for f in mine if reading.inside is None or not _is_own(text, f, pack)]
        found += mine
        speaker = mine[-1] if mine else (speaker if number else None)
        found += _read_quotations(reading, line.tokens, mine)
    if quotations and not quotations[-1].closed:
        return Carried(speaker=speaker)
    if not lines:
        return Carried()
    announced = (find_announced(line.tokens, pack) for line in lines if not line.found and not quotations)
    return Carried(
        speaker=next((finding for finding in announced if finding is not None), None),
        tokens=lines[-1].tokens,
        found=speaker,
    )


def _is_own(text: str, finding: Finding, pack: Pack) -> bool:
    """Say whether a speaker says "I think": his words are attributed to him already."""
    return finding.source is not None and pack.has("first", text[slice(*finding.source)].lower())


def _read_quotations(reading: Reading, tokens: Sequence[Token], mine: Sequence[Finding]) -> list[Finding]:
    """Return what is attributed inside the quotations of a sentence: a chain with one link more."""
    if reading.depth >= DEEPEST:
        return []
    found: list[Finding] = []
    for token in tokens:
        if token.kind != "quote" or token.end - token.start < 24:
            continue
        holder = next((f for f in mine if any(s <= token.start and token.end <= e + 1 for s, e in f.content)), None)
        if holder is not None:
            inner = replace(reading, inside=holder, depth=reading.depth + 1)
            found += read_stretch(inner, *_strip_marks(reading.text, token))
    return found


def _strip_marks(text: str, quotation: Token) -> Stretch:
    """Return a quotation without its marks; one that runs over paragraphs may have none at an end."""
    opened, closed = text[quotation.start] in QUOTE_MARKS, text[quotation.end - 1] in QUOTE_MARKS
    return quotation.start + opened, quotation.end - closed


def _look_back(text: str, line: Line, before: Sequence[Line], pack: Pack) -> list[Finding]:
    """Return a sentence's findings, "this" and "das" replaced by what the sentence before says."""
    if not line.found and before and pack.has("back_openings", line.tokens[0].low) and _stands_alone(line):
        return _read_das(line, before[-1], pack)
    comes = _read_comes(line, before, pack)
    if comes:
        return list(comes)
    result = []
    for finding in line.found:
        words = " ".join(text[s:e] for s, e in finding.content).lower()
        back = pack.has("back_words", words.split()[0]) and len(words) < 60
        if before and finding.rule == "object" and back:
            earlier = before[-1].found
            content = earlier[-1].content if earlier else (end_whole(before[-1].tokens),)
            result.append(replace(finding, content=content, rule="said before", probability=0.6))
        else:
            result.append(finding)
    return result


def _read_comes(line: Line, before: Sequence[Line], pack: Pack) -> tuple[Finding, ...]:
    """Return the findings of "That is from S", which says from whom the sentence before comes."""
    if not before or pack.language != "en":
        return ()
    return read_provenance(line.tokens, end_whole(before[-1].tokens), before[-1].found, pack)


def _stands_alone(line: Line) -> bool:
    """Say whether a verb follows "das", and not its noun."""
    return len(line.tokens) > 2 and not is_capital(line.tokens[1])


def _read_das(line: Line, before: Line, pack: Pack) -> list[Finding]:
    """Read "C. Das berichtet S unter Berufung auf T"."""
    marker = Token(line.tokens[0].start, line.tokens[0].start, ",", ",", "mark")
    dummy = [line.tokens[0]._replace(low="es", text="es", kind="word"), *[line.tokens[0]] * 2]
    found = read_sentence((*dummy, marker, *line.tokens[1:]), pack)
    sentence = (line.tokens[0].start, line.tokens[-1].end)
    return [replace(f, content=(end_whole(before.tokens),), rule="said before", sentence=sentence) for f in found[:1]]


def _read_rest(line: Line, before: Sequence[Line], speaker: Finding | None, pack: Pack) -> list[Finding]:
    """Return what a sentence without a saying word attributes: a further quotation, or reported speech going on."""
    quoted = read_uncued(line.tokens, before[-1].tokens if before else (), speaker, pack)
    if quoted or speaker is None or not before or not any(pack.has("subjunctive", t.low) for t in line.tokens):
        return quoted
    whole = end_whole(line.tokens)
    return [replace(speaker, content=(whole,), rule="reported speech", probability=0.6, sentence=whole, direct=False)]


def _find_head(text: str, label: Stretch) -> Stretch:
    """Return who a label names: what stands before its brackets, or within them where an office stands before."""
    holder = HOLDER.match(text[slice(*label)])
    if holder is not None:
        return label[0] + holder.start(1), label[0] + holder.end(1)
    bracket = text.find(" (", *label)
    return (label[0], bracket) if bracket > 0 else label


def _read_utterance(
    reading: Reading, paragraph: Stretch, label: Stretch, quotations: Sequence[Quotation], found: list[Finding]
) -> None:
    """Add what the speaker of one utterance says, sentence by sentence, and what he passes on."""
    text, pack = reading.text, reading.pack
    colon = label[1]
    start = colon + 1
    while start < paragraph[1] and text[start].isspace():
        start += 1
    head = _find_head(text, label)
    lines = _read_lines(reading, (start, paragraph[1]), quotations)
    for number, line in enumerate(lines):
        own = Finding(
            sentence=(line.tokens[0].start, line.tokens[-1].end),
            source=label,
            head=head,
            cue=(colon, colon + 1),
            entry=UTTERED,
            content=(end_whole(line.tokens),),
            rule="utterance",
            probability=0.85,
            direct=True,
        )
        comes = _read_comes(line, lines[max(0, number - 1) : number], pack)
        nested = [replace(f, inside=own) for f in comes or line.found if not _is_own(text, f, pack)]
        words = sum(t.text.count(" ") + 1 for t in line.tokens if t.kind != "mark")
        wraps = any(sum(e - s for s, e in f.content) * 2 > own.content[0][1] - own.content[0][0] for f in nested)
        if words >= 4 and not line.tokens[-1].text.endswith("?") and not wraps:
            found.append(own)
            nested += _read_quotations(reading, line.tokens, [own]) if find_alone(line.tokens) else []
        found += nested

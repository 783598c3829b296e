"""How are the weights of attribution made?

Usage: train_attribution.py --gum FILE [--senate FILE] [--keep-field]

Reads the train part of the corpus in `training/news` and GUM's CC BY part, and writes into the package the field
(`weights/field.json`) and the weights of its chances (`weights/chances.toml`), and beside this script
`digests.toml`, the digest of everything read, and NOTICE. Unlabelled press releases, where given, make the classes of
words anew (`weights/classes.toml`). After a change of rules `--keep-field` fits the chances anew and leaves the field,
where one trained anew is no better on the styles held out. The same input gives the same files.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import corpus
import numpy as np
import pycrfsuite
from judge import Judge, Spans
from word_classes import class_words

from firsthand.attribution.cues import Pack, load_pack
from firsthand.attribution.grammar.hits import Finding
from firsthand.attribution.learnt.chances import Weights, describe_finding
from firsthand.attribution.learnt.linker import Model, list_candidates, list_triggers, tag_triggers
from firsthand.attribution.learnt.settling import describe_settling, is_clear
from firsthand.attribution.learnt.steps import CONTENT, CUE, OUTSIDE, SOURCE
from firsthand.attribution.learnt.tagger import Field
from firsthand.attribution.learnt.trained import read_field
from firsthand.attribution.learnt.traits import read_traits, spell_window
from firsthand.attribution.learnt.triggers import find_triggers, load_triggers
from firsthand.attribution.passages import Reading, read_stretch
from firsthand.attribution.text.tokens import Token

HERE = Path(__file__).parent
PACKAGE = HERE.parent / "src" / "firsthand" / "attribution" / "weights"
NOTICE = """\
Trained in part on the Georgetown University Multilayer corpus (GUM), https://gucorpling.org/gum/, annotations by the \
GUM annotators, CC BY 4.0; texts from English Wikinews (CC BY 2.5), open-access articles (CC BY 4.0) and court \
transcripts (CC BY 4.0) as listed in gum_permissive.sources.tsv. Modified.

Trained in part on the corpus of reported speech in training/news, by the firsthand authors, CC BY 4.0.

Classes of words from press releases of United States Senate offices, 2005-07.
"""
CLASSES = 100
SETTINGS = {"precision": 0.6, "balanced": 0.25, "recall": 0.1}
FAINTEST = 0.02
OFTEN = 8
IDLE = 6
FOLDS = 6
HARSHNESS = 2.0
FIELD = {"c1": 1.0, "c2": 0.01, "max_iterations": 100, "feature.minfreq": 3, "feature.possible_transitions": 0}
FOREIGN = "GUM"  # marked by other conventions than ours: its triggers, and what is clear, carry traits of their own
APART = "G "


@dataclass(frozen=True)
class Text:
    """A labelled text: its name, the folder it belongs to, and its attributions as spans by role."""

    name: str
    words: str
    gold: tuple[dict[str, tuple[tuple[int, int], ...]], ...]


class Recorder:
    """Stands in for the model and keeps every sentence as the rules leave it."""

    def __init__(self) -> None:
        self.sentences: list[tuple[tuple[Token, ...], list[Finding]]] = []

    def join(self, tokens: Sequence[Token], found: Sequence[Finding], pack: Pack) -> list[Finding]:
        """Keep a sentence and give back what the rules found in it."""
        self.sentences.append((tuple(tokens), list(found)))
        return list(found)


def read_gum(path: Path) -> Iterator[Text]:
    """Yield the documents of GUM's CC BY part."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            document = json.loads(line)
            gold = tuple(
                {role: tuple((s, e) for s, e in one[role]) for role in ("source", "cue", "content")}
                for one in document["attributions"]
            )
            yield Text(name=document["id"], words=document["text"], gold=gold)


def read_news(test: bool = False) -> Iterator[Text]:
    """Yield the items of our own corpus: those to train on, or those held out. Raises CorpusError."""
    for path in list_news(test):
        item = corpus.read_item(path, test)
        gold = tuple({"source": a.get("s"), "cue": a.get("k"), "content": a.get("c")} for a in item.attributions)
        yield Text(name=f"{item.style}/{item.path.name}", words=item.text, gold=gold)


def list_news(test: bool = False) -> list[Path]:
    """Return the files of the styles to train on, or of those held out."""
    held_out = read_held_out()
    return [path for path in sorted(corpus.NEWS.glob("*/*.txt")) if (path.parent.name in held_out) == test]


def read_held_out() -> frozenset[str]:
    """Return the styles of our own corpus that are only measured."""
    return frozenset(tomllib.loads((corpus.NEWS / "split.toml").read_text(encoding="utf-8"))["test"])


def read_sentences(text: Text) -> list[tuple[tuple[Token, ...], list[Finding]]]:
    """Return every sentence the rules read in a text, those inside quotations included, with what they found."""
    recorder = Recorder()
    reading = Reading(text=text.words, pack=load_pack("en"), model=recorder)  # type: ignore[arg-type]
    read_stretch(reading, 0, len(text.words))
    return recorder.sentences


def read_findings(text: Text, model: Model) -> list[Finding]:
    """Return what rules and model find in a text, before the chances are settled."""
    return read_stretch(Reading(text=text.words, pack=load_pack("en"), model=model), 0, len(text.words))


def find_head(tokens: Sequence[Token], cue: Spans) -> int | None:
    """Return the word of a sentence that is the head of a cue: its last trigger."""
    inside = [i for i, t in enumerate(tokens) if any(s < t.end and t.start < e for s, e in cue) and t.kind == "word"]
    known = [i for i in inside if tokens[i].low in load_triggers()]
    verbs = [i for i in known if not tokens[i].low.startswith(("report", "alleg")) or len(known) == 1]
    return (verbs or known or [None])[-1]


def find_heads(text: Text, tokens: Sequence[Token]) -> dict[int, list[dict]]:
    """Return the true attributions of a sentence by the head of their cue."""
    heads: dict[int, list[dict]] = {}
    for one in text.gold:
        head = find_head(tokens, one["cue"])
        if head is not None:
            heads.setdefault(head, []).append(one)
    return heads


def find_idle(texts: Sequence[Text], sentences: dict[str, list]) -> frozenset[str]:
    """Return the triggers that stand often enough in the texts and never open an attribution."""
    met: Counter[str] = Counter()
    busy: set[str] = set()
    for text in texts:
        for tokens, _ in sentences[text.name]:
            met.update(tokens[at].low for at in find_triggers(tokens))
            busy.update(tokens[at].low for at in find_heads(text, tokens))
    return frozenset(word for word, n in met.items() if n >= IDLE and word not in busy)


def label_sequences(
    text: Text, tokens: Sequence[Token], found: Sequence[Finding], idle: frozenset[str]
) -> Iterator[tuple]:
    """Yield each trigger's window and the true part of each of its words."""
    heads = find_heads(text, tokens)
    traits = read_traits(tokens)
    for at, _, roles in list_triggers(tokens, found, idle):
        low, sequence = spell_window(traits, at, roles)
        labels = [OUTSIDE] * len(sequence)
        for one in heads.get(at, ())[:1]:
            for i in range(len(sequence)):
                labels[i] = tell_role(tokens[low + i], one) or labels[i]
        if at in heads:
            labels[at - low] = CUE
        if text.name.startswith(FOREIGN):
            own = sequence[at - low]
            own += [APART + trait for trait in own if trait.startswith(("Tl ", "Tk ", "Tn "))]
        yield sequence, labels


def tell_role(token: Token, one: dict) -> str:
    """Return the part a word plays in an attribution: a word most of which lies in the content or the source."""
    for role, letter in (("content", CONTENT), ("source", SOURCE)):
        held = sum(max(0, min(e, token.end) - max(s, token.start)) for s, e in one[role])
        if 2 * held > token.end - token.start:
            return letter
    return ""


def train_field(texts: Sequence[Text], known: dict[str, list]) -> bytes:
    """Return a field trained on texts, as its file."""
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.select("lbfgs")
    trainer.set_params(FIELD)
    for text in texts:
        for sequence, labels in known[text.name]:
            trainer.append(sequence, labels)
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder, "field"))
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        learnt = tagger.info()
        return write_field(learnt.state_features, learnt.transitions)


def write_field(states: Mapping[tuple[str, str], float], moves: Mapping[tuple[str, str], float]) -> bytes:
    """Return a field as JSON: what each trait weighs for source, content and cue against being outside, and the steps.

    `states` weighs a trait for a part, `moves` a part after a part. What is foreign, or weighs nothing, is left out.
    """
    rows: dict[str, list[float]] = {}
    for column, label in enumerate((SOURCE, CONTENT, CUE)):
        for (trait, part), weight in states.items():
            if not trait.startswith(APART) and part in {label, OUTSIDE}:
                rows.setdefault(trait, [0.0] * 3)[column] += weight if part == label else -weight
    steps = {"".join(pair): round(weight, 3) for pair, weight in sorted(moves.items())}
    told = ",\n".join(
        f"  {json.dumps(trait, ensure_ascii=False)}: {json.dumps([round(x, 3) + 0.0 for x in row])}"
        for trait, row in sorted(rows.items())
        if any(round(x, 3) for x in row)
    )
    return f'{{"steps": {json.dumps(steps)}, "traits": {{\n{told}\n}}}}\n'.encode()


def gather_candidates(texts: Sequence[Text], sentences: dict[str, list], model: Model) -> Iterator[tuple[dict, bool]]:
    """Yield the numbers of every candidate of some texts and whether it is right."""
    pack = load_pack("en")
    for text in texts:
        judge = Judge(text.words, text.gold)
        for tokens, found in sentences[text.name]:
            taken: set[int] = set()
            candidates: list[Finding] = []
            for at, mine, tag in tag_triggers(tokens, found, model):
                taken.update(id(f) for f in mine)
                candidates += list_candidates(tokens, at, mine, tag, pack)
            for one in (*candidates, *(one for one in found if id(one) not in taken)):
                yield describe_finding(one), judge.is_right(one.content, (one.source,) if one.source else ())


def fit_logistic(rows: Sequence[dict], right: Sequence[bool]) -> dict[str, float]:
    """Return the weights of a logistic model by name, by Newton's method with a quadratic penalty."""
    names = sorted({name for row in rows for name in row})
    place = {name: i for i, name in enumerate(names)}
    table = np.zeros((len(rows), len(names)))
    for i, row in enumerate(rows):
        for name, value in row.items():
            table[i, place[name]] = value
    truth = np.array(right, dtype=float)
    weights = np.zeros(len(names))
    for _ in range(30):
        chance = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (truth - chance) - HARSHNESS * weights
        curve = (table * (chance * (1 - chance))[:, None]).T @ table + HARSHNESS * np.eye(len(names))
        step = np.linalg.solve(curve, slope)
        weights += step
        if np.abs(step).max() < 1e-9:
            break
    return {name: round(float(weights[i]), 4) for name, i in place.items() if not name.startswith(APART)}


def settle_chances(texts: Sequence[Sequence[Text]], fields: Sequence[Field], weights: Weights) -> dict[str, float]:
    """Return what makes chances believable once a page is read: fitted on texts each field has not seen.

    What is said clearly and yet not marked in a foreign text is put down to its conventions.
    What few texts show is left out: one transcript whose turns nobody marked would else speak for all of them.
    """
    rows, right = [], []
    met: Counter[str] = Counter()
    for held_out, field in zip(texts, fields, strict=True):
        for text in held_out:
            found = read_findings(text, Model(field=field, weights=weights))
            told = describe_settling(found, text.words, ((0, len(text.words)),))
            if text.name.startswith(FOREIGN):
                told = [row | {f"{APART}clear": float(is_clear(one))} for row, one in zip(told, found, strict=True)]
            rows += told
            right += Judge(text.words, text.gold).judge_all(found)
            met.update({name for row in told for name in row})
    return {name: value for name, value in fit_logistic(rows, right).items() if met[name] >= OFTEN}


def part_by_house(texts: Sequence[Text]) -> list[list[Text]]:
    """Return the texts in folds that never part a house style: chances are judged on styles a field has not seen."""
    styles = sorted({text.name.split("/")[0] for text in texts if not text.name.startswith(FOREIGN)})
    place = {style: number % (FOLDS - 1) for number, style in enumerate(styles)}
    folds: list[list[Text]] = [[] for _ in range(FOLDS)]
    for text in texts:
        folds[place.get(text.name.split("/")[0], FOLDS - 1)].append(text)
    return folds


def train(texts: Sequence[Text], kept: bytes | None = None) -> tuple[bytes, Weights]:
    """Return the field and the weights of the chances, these from fields that have not seen the text they judge.

    A field that is `kept` is returned as it is: only its chances are fitted.
    """
    sentences = {text.name: read_sentences(text) for text in texts}
    idle = find_idle(texts, sentences)
    known = {
        text.name: [pair for one in sentences[text.name] for pair in label_sequences(text, *one, idle)]
        for text in texts
    }
    blank = Weights(values={}, least=FAINTEST, idle=idle)
    folds = part_by_house(texts)
    fields, pairs = [], []
    for fold in range(FOLDS):
        rest = [text for other in range(FOLDS) if other != fold for text in folds[other]]
        fields.append(read_field(train_field(rest, known)))
        pairs += gather_candidates(folds[fold], sentences, Model(field=fields[fold], weights=blank))
        print(f"fold {fold + 1} of {FOLDS}", flush=True)
    weights = replace(blank, values=fit_logistic(*zip(*pairs, strict=True)), least=SETTINGS["balanced"])
    settled = settle_chances(folds, fields, weights)
    return kept or train_field(texts, known), replace(weights, settled=settled)


def write_weights(field: bytes, weights: Weights) -> None:
    """Write the field and the weights of its chances into the package."""
    lines = ['source = "Fitted by training/train_attribution.py on GUM\'s CC BY part and the corpus in training/news."']
    lines += [f'field = "{hashlib.sha256(field).hexdigest()}"', f"idle = {json.dumps(sorted(weights.idle))}"]
    for name, values in (("settings", SETTINGS), ("weights", weights.values), ("settled", weights.settled)):
        lines += ["", f"[{name}]", *(f'"{key}" = {value}' for key, value in values.items())]
    (PACKAGE / "field.json").write_bytes(field)
    (PACKAGE / "chances.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_classes(path: Path) -> None:
    """Write the classes of the words of unlabelled text into the package."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        classes = class_words((json.loads(line)["text"] for line in lines), CLASSES)
    groups: list[list[str]] = [[] for _ in range(CLASSES)]
    for word, number in classes.items():
        groups[number].append(word)
    lines_out = [f"  {json.dumps(' '.join(words), ensure_ascii=False)}," for words in groups if words]
    source = (
        "Words gathered by their neighbours in press releases of United States Senate offices, "
        "by training/word_classes.py."
    )
    text = "\n".join([f'source = "{source}"', "classes = [", *lines_out, "]", ""])
    (PACKAGE / "classes.toml").write_text(text, encoding="utf-8")


def write_digests(paths: Sequence[Path]) -> None:
    """Write the digest of every file that was read, and the notice the licences ask for."""
    lines = ['source = "sha256 of everything the weights of attribution were trained on"', "", "[files]"]
    for path in paths:
        name = path.relative_to(HERE).as_posix() if path.is_relative_to(HERE) else path.name
        lines.append(f'"{name}" = "{hashlib.sha256(path.read_bytes()).hexdigest()}"')
    (HERE / "digests.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (HERE / "NOTICE").write_text(NOTICE, encoding="utf-8")
    (PACKAGE / "NOTICE").write_text(NOTICE, encoding="utf-8")


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gum", type=Path, required=True, help="GUM's CC BY part, gzipped JSON lines")
    parser.add_argument("--senate", type=Path, help="unlabelled press releases, gzipped JSON lines: classes of words")
    parser.add_argument("--keep-field", action="store_true", help="fit the chances anew and leave the field as it is")
    chosen = parser.parse_args()
    if chosen.senate:
        write_classes(chosen.senate)
    kept = (PACKAGE / "field.json").read_bytes() if chosen.keep_field else None
    field, weights = train([*read_gum(chosen.gum), *read_news()], kept)
    write_weights(field, weights)
    read = [chosen.gum, *([chosen.senate] if chosen.senate else []), corpus.NEWS / "split.toml", *list_news()]
    write_digests([*read, PACKAGE / "classes.toml"])
    print(f"{len(field):,} bytes of field, {len(weights.values)} weights of chances")


if __name__ == "__main__":
    main()

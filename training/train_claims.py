"""With what weights do the signs of a pair of contents become the chance that they say the same?

Reads `training/claims/*.txt`, fits a logistic regression on all topics but those held out, and writes
`src/firsthand/claims/weights.toml` with digests of what it read.
Run from the repository's root: `python training/train_claims.py`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from logistic import Table, fit_weights, measure_calibration, predict

from firsthand.claims.clustering import THRESHOLD, cut_tree
from firsthand.claims.likeness import list_signs
from firsthand.claims.profiles import Profile, build_profiles
from firsthand.model import (
    Attribution,
    AttributionId,
    ContentKind,
    Mention,
    Reason,
    Report,
    ReportId,
    SourceId,
    SourceKind,
)

TEXTS = Path(__file__).parent / "claims"
WEIGHTS = Path(__file__).parent.parent / "src" / "firsthand" / "claims" / "weights.toml"
# Written later, for measuring only: what is taken from here to there, told in general and in detail; small talk.
UNSEEN = ("barracks", "bullion", "canal", "minister", "statues", "striker", "transfers")
HELD_OUT = ("fire", "kidnap", "plane", "vaccine", *UNSEEN)
CONTENT = re.compile(r"\[(.+)\]")


@dataclass(frozen=True)
class Topic:
    """One pile: profiles of the contents, then of the titles, and the label of each content."""

    name: str
    profiles: tuple[Profile, ...]
    labels: tuple[str, ...]


def read_topic(path: Path) -> Topic:
    """Return one file as profiles."""
    reports, labelled = read_pile(path)
    profiles = build_profiles(reports, [attribution for _, attribution in labelled])
    labels = {attribution.id: label for label, attribution in labelled}
    return Topic(path.stem, profiles, tuple(labels[attribution.id] for _, attribution in labelled))


def read_pile(path: Path) -> tuple[list[Report], list[tuple[str, Attribution]]]:
    """Return the reports of one file, and each attribution with its label, whether it asserts or denies."""
    reports: list[Report] = []
    labelled: list[tuple[str, Attribution]] = []
    for number, block in enumerate(re.split(r"^# ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]):
        head, *lines = block.strip().splitlines()
        report, said = read_report(f"{path.stem}-{number}", head, lines)
        reports.append(report)
        labelled += [(label.lstrip("!"), attribution) for label, attribution in said]
    return reports, labelled


def read_report(name: str, head: str, lines: Sequence[str]) -> tuple[Report, list[tuple[str, Attribution]]]:
    """Return a report and its attributions with their labels; a line is `label | source | sentence with [content]`."""
    publisher, language, title = (part.strip() for part in head.split("|"))
    text, said = "", []
    for line in lines:
        label, source, sentence = (part.strip() for part in line.split("|", 2))
        found = CONTENT.search(sentence)
        plain = sentence.replace("[", "").replace("]", "")
        if found and label != "-":
            start = len(text) + found.start()
            said.append((label, make_attribution(name, source, found.group(1), start)))
        text += plain + " "
    report = Report(
        id=ReportId(name),
        path=f"{name}.txt",
        title=title,
        publisher=publisher,
        url="",
        published=None,
        retrieved=None,
        language=language,
        text=text,
        body=((0, len(text)),),
    )
    return report, said


def make_attribution(report: str, source: str, content: str, start: int) -> Attribution:
    """Return an attribution whose content stands at `start` of its report."""
    return Attribution(
        id=AttributionId(f"{report}-{start:05d}"),
        report=ReportId(report),
        source=SourceId(source.casefold()),
        source_mention=Mention(text=source),
        source_kind=SourceKind.NAMED,
        cue=Mention(text="said"),
        cue_class="say",
        content=Mention(text=content, spans=((start, start + len(content)),)),
        content_kind=ContentKind.INDIRECT,
        chain=(SourceId(source.casefold()),),
        hedge=0.0,
        polarity=1,
        probability=1.0,
        reason=Reason(rule="training", sentence="written for training"),
    )


def list_pairs(topic: Topic) -> tuple[list[str], Table, Table]:
    """Return the names of the signs, their values for each pair, shape (pairs, signs), and whether it says the same."""
    size = len(topic.labels)
    upper = np.triu_indices(size, 1)
    names, columns = [], []
    for name, sign in list_signs(topic.profiles):
        names.append(name)
        columns.append(sign[:size, :size][upper])
    codes = np.unique(np.array(topic.labels), return_inverse=True)[1]
    same = (codes[:, None] == codes[None, :])[upper]
    return names, np.stack(columns, axis=1), same.astype(np.float64)


def measure_pairs(found: Table, same: Table) -> float:
    """Return the F1 of pairs said to be the same."""
    hits = float((found * same).sum())
    return 2 * hits / max(1.0, float(found.sum() + same.sum()))


def cluster_topic(topic: Topic, names: Sequence[str], weights: Table, threshold: float = THRESHOLD) -> Table:
    """Return whether each pair of contents ends in one claim when the pile, titles and all, is clustered."""
    size = len(topic.profiles)
    logit = np.full((size, size), weights[0])
    for at, (_, sign) in enumerate(list_signs(topic.profiles)):
        logit += weights[at + 1] * sign
    group_of = {}
    for number, group in enumerate(cut_tree(1.0 / (1.0 + np.exp(-logit)), threshold)):
        group_of.update(dict.fromkeys(group, number))
    codes = np.array([group_of[at] for at in range(len(topic.labels))])
    same = (codes[:, None] == codes[None, :])[np.triu_indices(len(codes), 1)]
    return np.asarray(same, dtype=np.float64)


def read_topics() -> Iterator[Topic]:
    """Yield all topics in order of name."""
    for path in sorted(TEXTS.glob("*.txt")):
        yield read_topic(path)


def write_weights(names: Sequence[str], weights: Table, told: str) -> None:
    """Write the weights with digests of the texts they were fitted on."""
    lines = [
        f'source = "Fitted by training/train_claims.py on training/claims/*.txt (our own, CC BY 4.0). {told}"',
        "",
        "[weights]",
        f"bias = {weights[0]:.3f}",
        *(f'"{name}" = {weight:.3f}' for name, weight in zip(names, weights[1:], strict=True)),
        "",
        "[digests]",
        *(
            f'{path.stem} = "{hashlib.sha256(path.read_bytes()).hexdigest()}"'
            for path in sorted(TEXTS.glob("*.txt"))
            if path.stem not in HELD_OUT
        ),
        "",
    ]
    WEIGHTS.write_text("\n".join(lines), encoding="utf-8")


def main() -> None:
    """Fit, measure on the topics held out, and write."""
    topics = list(read_topics())
    pairs = {topic.name: list_pairs(topic) for topic in topics}
    names = next(iter(pairs.values()))[0]
    seen = [pairs[t.name] for t in topics if t.name not in HELD_OUT]
    weights = fit_weights(np.vstack([p[1] for p in seen]), np.concatenate([p[2] for p in seen]))
    first = [t for t in topics if t.name in HELD_OUT and t.name not in UNSEEN]
    told = f"Held-out topics: {tell_measures(first, weights)} "
    told += f"Topics written later: {tell_measures([t for t in topics if t.name in UNSEEN], weights)}"
    print(told)
    write_weights(names, weights, told)


def tell_measures(topics: Sequence[Topic], weights: Table) -> str:
    """Return a sentence on how well some topics are told apart that nothing was fitted on."""
    signs = [list_pairs(topic) for topic in topics]
    same = np.concatenate([truth for _, _, truth in signs])
    chance = predict(weights, np.vstack([values for _, values, _ in signs]))
    joined = np.concatenate([cluster_topic(t, found[0], weights) for t, found in zip(topics, signs, strict=True)])
    return (
        f"{len(same)} pairs, {int(same.sum())} of them the same; "
        f"F1 of pairs {measure_pairs(np.round(chance), same):.2f}, "
        f"after clustering {measure_pairs(joined, same):.2f}, "
        f"calibration error {measure_calibration(chance, same):.3f}."
    )


if __name__ == "__main__":
    main()

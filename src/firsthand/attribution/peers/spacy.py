"""Who says what, by the parser of a spaCy pipeline?

spaCy is no dependency of ours: the pipeline is handed in loaded, or loaded by its name from what its user installed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Any

from firsthand.attribution.peers.dependencies import Word, propose_from_words
from firsthand.attribution.proposals import Attribute, Proposal
from firsthand.errors import InputError

# What spaCy's English and German pipelines call a relation, in Universal Dependencies.
RELATIONS: Mapping[str, str] = {
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "agent": "obl:agent",
    "dobj": "obj",
    "poss": "nmod:poss",
    "relcl": "acl:relcl",
    "ROOT": "root",
    "sb": "nsubj",
    "oa": "obj",
    "oc": "ccomp",
    "re": "ccomp",
    "cj": "conj",
    "rc": "acl:relcl",
}
Pipeline = Callable[[str], Any]


def make_spacy(pipelines: Mapping[str, Pipeline | str]) -> Attribute:
    """Return the attributor that parses with the pipeline of the report's language.

    `pipelines`: by ISO 639-1 code, a loaded pipeline or the name of an installed one. Raises InputError on use where
    a language has none or spaCy is not installed.
    """
    loaded: dict[str, Pipeline] = {}

    def attribute(text: str, language: str) -> Iterator[Proposal]:
        code = (language or "en")[:2]
        if code not in loaded:
            loaded[code] = _load(pipelines, code)
        return propose_from_words(text, read_tokens(loaded[code](text)), code)

    return attribute


def _load(pipelines: Mapping[str, Pipeline | str], code: str) -> Pipeline:
    chosen = pipelines.get(code)
    if chosen is None:
        raise InputError(f"no spaCy pipeline was named for the language '{code}'")
    if not isinstance(chosen, str):
        return chosen
    try:
        loaded: Pipeline = import_module("spacy").load(chosen)
    except (ImportError, OSError) as error:
        raise InputError(f"spaCy or its pipeline '{chosen}' is not installed") from error
    return loaded


def read_tokens(document: Any) -> tuple[Word, ...]:
    """Return the tokens of a spaCy document as words; an agent's noun takes the place of its "by"."""
    tokens = [t for t in document if not t.text.isspace()]
    place = {t.i: n for n, t in enumerate(tokens)}
    return tuple(_read_word(token, place) for token in tokens)


def _read_word(token: Any, place: Mapping[int, int]) -> Word:
    above = token.head
    head, relation = above, RELATIONS.get(token.dep_, token.dep_)
    if token.dep_ == "pobj" and above.i != token.i:
        head, relation = above.head, "obl:agent" if above.dep_ == "agent" else "obl"
    elif token.dep_ in {"agent", "prep"}:
        noun = next((c for c in token.children if c.dep_ == "pobj"), None)
        head, relation = (noun, "case") if noun is not None else (above, "case")
    root = head.i == token.i or head.i not in place
    return Word(
        start=token.idx,
        end=token.idx + len(token.text),
        form=token.text,
        lemma=token.lemma_,
        upos=token.pos_,
        head=-1 if root else place[head.i],
        relation="root" if root else relation,
    )

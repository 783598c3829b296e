"""Which tools outside our own grammar can propose who said what?

Each module makes an attributor: a function `(text, language) -> proposals`. None is needed, and none is believed:
`firsthand.attribution.plugins` checks every word they propose against the report.
"""

from __future__ import annotations

from firsthand.attribution.peers.dependencies import Word, propose_from_words
from firsthand.attribution.peers.endpoint import make_endpoint
from firsthand.attribution.peers.parses import make_beside, make_parsed, read_conllu
from firsthand.attribution.peers.spacy import make_spacy
from firsthand.attribution.peers.tags import make_tagged

__all__ = [
    "Word",
    "make_beside",
    "make_endpoint",
    "make_parsed",
    "make_spacy",
    "make_tagged",
    "propose_from_words",
    "read_conllu",
]

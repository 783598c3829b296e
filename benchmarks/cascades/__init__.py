"""Which reports have parents that are known for certain, because we made them?

Families of generated reports with known truth: who said it first, who took it from whom, in what way, and which way
round. `make_cascades` gives them as records, `write_cascades` as a folder that `firsthand trace` can read beside a
`truth.json`, `make_articles` short articles by the million for measuring speed.
"""

from cascades.articles import make_articles
from cascades.copies import COPY_KINDS, make_copies
from cascades.items import Item, Run, Said, Story, Tie
from cascades.kinds import STORY_KINDS, TEST_KINDS, TUNE_KINDS, make_cascades, make_stories
from cascades.truth import write_cascades, write_story

__all__ = [
    "COPY_KINDS",
    "STORY_KINDS",
    "TEST_KINDS",
    "TUNE_KINDS",
    "Item",
    "Run",
    "Said",
    "Story",
    "Tie",
    "make_articles",
    "make_cascades",
    "make_copies",
    "make_stories",
    "write_cascades",
    "write_story",
]

"""What is each source worth? Its modes, and the Admiralty label derived from them."""

from firsthand.sources.assess import assess_sources, count_disinterested, find_spoken
from firsthand.sources.grades import grade_source
from firsthand.sources.modes import expect_modes, find_witnesses, mode_factors, name_mode

__all__ = [
    "assess_sources",
    "count_disinterested",
    "expect_modes",
    "find_spoken",
    "find_witnesses",
    "grade_source",
    "mode_factors",
    "name_mode",
]

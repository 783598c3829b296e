"""Who really said what?

`find_attributions` reads reports and returns attributions, each with its source, cue, content and chain of relays.
`propose_findings` hears attributors from outside first; what of theirs stands in the reports is handed on to it.
"""

from firsthand.attribution.find import find_attributions
from firsthand.attribution.judged import judge_attributions
from firsthand.attribution.plugins import Attributor, choose_attributors, list_attributors, propose_findings
from firsthand.attribution.proposals import Piece, Proposal

__all__ = [
    "Attributor",
    "Piece",
    "Proposal",
    "choose_attributors",
    "find_attributions",
    "judge_attributions",
    "list_attributors",
    "propose_findings",
]

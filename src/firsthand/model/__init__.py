"""What are the nouns that flow from stage to stage?

Frozen records and names only: no I/O, no arithmetic, nothing else of ours imported.
`pile` is what a pile of reports yields, `judged` what an analyst adds, `concluded` what comes out,
`spread` what an archive shows of texts that spread.
Probabilities lie in [0, 1], weights are in decibans (dB), offsets count characters of `Report.text`, ends excluded.
"""

from firsthand.model.concluded import *  # noqa: F403
from firsthand.model.judged import *  # noqa: F403
from firsthand.model.names import *  # noqa: F403
from firsthand.model.pile import *  # noqa: F403
from firsthand.model.spread import *  # noqa: F403

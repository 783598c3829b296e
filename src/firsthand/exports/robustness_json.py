"""How does it look as plain data, how far the verdict holds?"""

from __future__ import annotations

from collections.abc import Mapping

from firsthand.model import Robustness
from firsthand.probability import find_word


def describe_robustness(found: Robustness) -> Mapping[str, object]:
    """Return the bounds over all ranges, the fewest moves that change the word, and other structures."""
    return {
        "bounds": {
            "low": found.bounds.low,
            "high": found.bounds.high,
            "word_low": find_word(found.bounds.low),
            "word_high": find_word(found.bounds.high),
            "exact": found.bounds.exact,
        },
        "fewest": [
            {
                "of": one.of,
                "count": len(one.moves) or None,
                "moves": list(one.moves),
                "probability": one.probability,
                "word": None if one.probability is None else find_word(one.probability),
                "proven": one.proven,
                "tried": one.tried,
            }
            for one in found.fewest
        ],
        "structures": [
            {
                "structure": one.id,
                "title": one.title,
                "sentence": one.sentence,
                "probability": one.probability,
                "low": one.low,
                "high": one.high,
                "word": find_word(one.probability),
            }
            for one in found.structures
        ],
    }

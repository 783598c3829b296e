"""What exactly is claimed?"""

from firsthand.claims.gather import gather_claims
from firsthand.claims.judged import join_claims, judge_claims

__all__ = ["gather_claims", "join_claims", "judge_claims"]

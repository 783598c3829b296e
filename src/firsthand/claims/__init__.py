"""What exactly is claimed?"""

from firsthand.claims.dated import date_claims
from firsthand.claims.gather import gather_claims
from firsthand.claims.judged import join_claims, judge_claims
from firsthand.claims.locating import locate_places, name_reading

__all__ = ["date_claims", "gather_claims", "join_claims", "judge_claims", "locate_places", "name_reading"]

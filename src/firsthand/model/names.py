"""What are things called, and what may a number be?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NewType, TypeAlias, TypeVar, dataclass_transform

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ReportId = NewType("ReportId", str)
AttributionId = NewType("AttributionId", str)
SourceId = NewType("SourceId", str)
ClaimId = NewType("ClaimId", str)
OriginId = NewType("OriginId", str)
HypothesisId = NewType("HypothesisId", str)
EvidenceId = NewType("EvidenceId", str)
KnobId = NewType("KnobId", str)
VariableId = NewType("VariableId", str)
T = TypeVar("T")

Number: TypeAlias = "float | NDArray[np.float64]"
"""One number, or an array of draws of it."""
Knobs: TypeAlias = Mapping[KnobId, Number]
"""The number each knob stands at."""


@dataclass_transform(frozen_default=True, kw_only_default=True)
def record(cls: type[T]) -> type[T]:
    """Make a class a frozen record whose fields are given by name."""
    return dataclass(frozen=True, slots=True, kw_only=True)(cls)


@record
class Knob:
    """A judged number with its range: `low` <= `value` <= `high`. `text` is what the analyst wrote.

    `unknown` marks lineage nobody knows: the result is then an interval over both ends, never a draw between them.
    `flat` says that only an interval was given: no number inside it is preferred.
    """

    id: KnobId
    low: float
    value: float
    high: float
    text: str = ""
    unknown: bool = False
    flat: bool = False

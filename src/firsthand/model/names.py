"""What are things called, and what may a number be?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
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


def find_knobs(value: object) -> Iterator[Knob]:
    """Yield every judged number that stands in a record, however deep, as often as it stands there."""
    if isinstance(value, Knob):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from find_knobs(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from find_knobs(inner)
    elif is_dataclass(value):
        for one in fields(value):
            yield from find_knobs(getattr(value, one.name))

"""What was understood of a student's own words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An occupation (SOC 2020 unit group) they may mean; `score` is 0 to 1, `why` one plain phrase."""

    soc2020: str
    title: str
    sector: str
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Said:
    """`pathways` are codes such as `apprenticeship`; `undecided` when they say so and name no work."""

    suggestions: tuple[Suggestion, ...] = ()
    pathways: tuple[str, ...] = ()
    undecided: bool = False

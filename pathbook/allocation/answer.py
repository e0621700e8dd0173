"""What comes back: the total and its bound, the places with why, who waits with why not, and each group against a lot."""

from dataclasses import dataclass

from pathbook.allocation.problem import Problem


@dataclass(frozen=True, slots=True)
class Place:
    """A place given, and the need it meets. A place kept by hand that meets no wish has no need and value 0."""

    student: str
    offer: str
    value: float
    need: str
    why: str
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """A need no place was found for. `placed`: the student has another place. `needs` is what would change it."""

    student: str
    need: str
    value: float
    why: str
    needs: str
    placed: bool


@dataclass(frozen=True, slots=True)
class GroupShare:
    """A group's need, how much of it is met here and how much a lot would meet on average (`error`: of that average).

    `floor` is the least the school allows: by lot, less its limit. `students` wish for something, `placed` got something.
    """

    group: str
    students: int
    placed: int
    need: float
    met: float
    by_lot: float
    error: float
    floor: float

    @property
    def fair(self) -> bool:
        return self.met >= self.floor - 1e-6

    @property
    def share(self) -> float:
        return self.met / self.need if self.need else 1.0

    @property
    def share_by_lot(self) -> float:
        return self.by_lot / self.need if self.need else 1.0


@dataclass(frozen=True, slots=True)
class Allocation:
    """`bound`: no allocation as fair as the one at once has a greater objective. `ceiling`: nor any at all, however unfair.

    `finished` is false when time ran out before the gap aimed at was shown; only then may another run differ.
    """

    problem: Problem
    objective: float
    bound: float
    ceiling: float
    places: tuple[Place, ...]
    waiting: tuple[Waiting, ...]
    groups: tuple[GroupShare, ...]
    finished: bool

    @property
    def gap(self) -> float:
        """How far below the bound, as a part of the bound."""
        return (self.bound - self.objective) / self.bound if self.bound else 0.0

    @property
    def fair(self) -> bool:
        return all(one.fair for one in self.groups)

"""Whoever a whole roll no longer names leaves it: their enrolment ends, and nothing of theirs is deleted."""

from collections.abc import Set

from pathbook.exchange.roll.compare import leave
from pathbook.exchange.roll.known import Roll
from pathbook.exchange.roll.plan import Choices, Step


def absent_steps(roll: Roll, present: Set[int], choices: Choices) -> list[Step]:
    """A leaving for each student on the roll who is not in the file.

    On the roll is whoever is enrolled this year; before this year's roll is there, whoever was enrolled last year.
    """
    steps = (
        leave(known, roll, choices) for pk, known in roll.students.items() if pk not in present and roll.holds(known)
    )
    return [step for step in steps if step is not None]

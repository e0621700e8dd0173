"""Who was erased, lately: by key, for there is no name any more."""

from dataclasses import dataclass
from datetime import datetime

from pathbook.people.models import Erasure, Institution

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Erased:
    """`student` is our number, as the audit has it."""

    at: datetime
    student: int
    why: str
    reason: str
    by: str


def erasures_of(school: Institution) -> tuple[Erased, ...]:
    """The newest first, no more than are looked at."""
    rows = Erasure.objects.filter(student__institution=school).order_by("-recorded_at", "-pk")[:SHOWN]
    return tuple(
        Erased(row.recorded_at, row.student_id, row.get_why_display(), row.reason, row.recorded_by) for row in rows
    )

"""What students asked for or say is wrong, waiting for a person; oldest first. Two queries."""

from dataclasses import dataclass
from datetime import date

from pathbook.people import access
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer, students_writable_by
from pathbook.records.models import Correction, GuidanceRequest


@dataclass(frozen=True, slots=True)
class Waiting:
    requests: tuple[GuidanceRequest, ...]
    corrections: tuple[Correction, ...]


def waiting_for(viewer: Viewer, school: Institution, *, on: date) -> Waiting:
    students = students_writable_by(viewer, on, access.ANSWERS).filter(institution=school)
    requests = GuidanceRequest.objects.filter(student__in=students, answered_on__isnull=True)
    corrections = Correction.objects.unanswered().filter(student__in=students)
    return Waiting(
        tuple(requests.select_related("student").order_by("asked_on", "pk")),
        tuple(corrections.select_related("student").order_by("said_on", "pk")),
    )

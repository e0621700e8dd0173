"""What a student hopes for, in words."""

from dataclasses import dataclass
from datetime import date

from pathbook.people.models import Student
from pathbook.records.models import Aspiration
from pathbook.records.models.destination import PATHWAYS

SURE = {1: "Not sure", 2: "Not very sure", 3: "Fairly sure", 4: "Sure", 5: "Very sure"}


@dataclass(frozen=True, slots=True)
class Hope:
    """An aspiration in words: "Apprenticeship, electrician"."""

    words: str
    sure: str
    said_on: date


def hopes_of(student: Student) -> tuple[Hope, ...]:
    rows = Aspiration.objects.filter(student=student).order_by("-said_on", "-pk")
    return tuple(map(hope_of, rows))


def hope_held(student: Student, *, on: date) -> Hope | None:
    """The latest said by that day."""
    row = Aspiration.objects.filter(student=student, said_on__lte=on).order_by("-said_on", "-pk").first()
    return hope_of(row) if row else None


def hope_of(row: Aspiration) -> Hope:
    said = filter(None, (PATHWAYS.get(row.pathway, ""), row.words or row.occupation or row.sector))
    return Hope(", ".join(said) or "Nothing written", SURE.get(row.certainty or 0, ""), row.said_on)

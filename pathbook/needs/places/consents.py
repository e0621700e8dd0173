"""Which places wait for home: an activity that asks for consent is offered only to students whose home said yes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pathbook.people.models import Student
from pathbook.records.models import Activity
from pathbook.records.queries.consents import Answer, answers

REFUSED, NOT_YET = "no consent from home", "consent not yet given: ask home"


@dataclass(frozen=True, slots=True)
class Consents:
    """`asking`: activities that ask, key to pk. `said`: the latest answer by activity and student."""

    asking: Mapping[str, int]
    said: Mapping[tuple[int, int], str]

    def cannot(self, student: int) -> dict[str, str]:
        """Offer key to why not."""
        found = {key: self.said.get((pk, student), Answer.ASKED) for key, pk in self.asking.items()}
        return {
            key: REFUSED if answer == Answer.REFUSED else NOT_YET
            for key, answer in found.items()
            if answer != Answer.GIVEN
        }

    def stops(self, student: Student, offer: str) -> str:
        """One sentence, or nothing: asked again when a place is confirmed."""
        why = self.cannot(student.pk).get(offer, "")
        return f"{student.name}: {why}." if why else ""


def consents_of(activities: Sequence[Activity]) -> Consents:
    """One query."""
    return Consents({one.key: one.pk for one in activities if one.asks_consent}, answers(activities))

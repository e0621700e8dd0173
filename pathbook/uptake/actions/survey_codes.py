"""Codes printed for a survey: one a person under names, a pile to hand out like lots where it is anonymous."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.crypto import salted_hmac

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.people.joining import as_typed, in_fours
from pathbook.people.keys import key_from
from pathbook.people.models import Erasure
from pathbook.people.visibility import Viewer
from pathbook.uptake.models import Survey, SurveyCode
from pathbook.uptake.models.survey import OPEN
from pathbook.uptake.queries.asked import Asked


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip of paper: whose or which group's, and the code that is written down nowhere else."""

    name: str
    code: str

    @property
    def spaced(self) -> str:
        return in_fours(self.code)


@transaction.atomic
def codes_for(people: Sequence[Asked], *, token: str, survey: Survey, by: Viewer, at: datetime) -> list[Slip]:
    """Under names: a code each for those who have not answered; an older one of theirs no longer works.

    The same `token` makes the same codes, so that a form sent twice makes one sheet.
    """
    waiting = [one for one in people if one.student_id and not one.has_answered]
    SurveyCode.objects.filter(survey=survey, is_used=False, student__in=[one.student_id for one in waiting]).delete()
    slips = [Slip(one.name, _code(survey, token, one.student_id)) for one in waiting]
    SurveyCode.objects.bulk_create(
        SurveyCode(
            survey=survey,
            student_id=one.student_id,
            label=one.form,
            year_group=one.year_group,
            digest=_digest(slip.code),
        )
        for one, slip in zip(waiting, slips, strict=True)
    )
    _note(survey, len(slips), by, at)
    return slips


@transaction.atomic
def codes_to_hand_out(
    how_many: int, *, label: str, year_group: int | None, token: str, survey: Survey, by: Viewer, at: datetime
) -> list[Slip]:
    """Nobody's: whoever is given one answers once. `label` counts how many of a sheet came back. `token`: as above."""
    slips = [Slip(label, _code(survey, token, label, n)) for n in range(how_many)]
    if SurveyCode.objects.filter(digest__in=[_digest(slip.code) for slip in slips]).exists():
        return slips
    SurveyCode.objects.bulk_create(
        SurveyCode(survey=survey, label=label, year_group=year_group, digest=_digest(slip.code)) for slip in slips
    )
    _note(survey, how_many, by, at)
    return slips


def find(code: str, *, on: date) -> SurveyCode | None:
    """The code as it was typed, used or not, if its survey takes answers; nobody's who was erased."""
    found = SurveyCode.objects.filter(digest=_digest(as_typed(code))).select_related("survey").first()
    if found is None or found.survey.state(on) != OPEN:
        return None
    return None if found.student_id and Erasure.objects.filter(student=found.student_id).exists() else found


def _code(survey: Survey, token: str, *whose: object) -> str:
    return key_from(salted_hmac("pathbook.survey-slip", repr((survey.key, token, whose)), algorithm="sha256").digest())


def _note(survey: Survey, how_many: int, by: Viewer, at: datetime) -> None:
    record.changes(by=by, at=at, of=[record.Change(Verb.PRINTED, "survey code", survey.pk, None, {"codes": how_many})])


def _digest(code: str) -> str:
    return salted_hmac("pathbook.survey-code", code, algorithm="sha256").hexdigest()

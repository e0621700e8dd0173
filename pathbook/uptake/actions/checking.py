"""Answering the two-minute check of a term, once."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.people.models import Institution, Student
from pathbook.people.visibility import Viewer
from pathbook.uptake.models import CheckAnswer, TutorCheck
from pathbook.uptake.queries.checks import Term, pathway_of


def answer_check(
    *, answers: Sequence[tuple[Student, str]], term: Term, school: Institution, by: Viewer, at: datetime
) -> bool:
    """Each tutee with the pathway said. False when this term's check was answered already: the first answers stand."""
    if by.account_id is None:
        return False
    try:
        with transaction.atomic():
            check = TutorCheck.objects.create(
                institution=school, account_id=by.account_id, academic_year=term.year, term=term.name,
                recorded_by=by.name, recorded_at=at,
            )  # fmt: skip
            CheckAnswer.objects.bulk_create(
                CheckAnswer(check_of=check, student=student, said=said, stood=pathway_of(student))
                for student, said in answers
            )
            record.changes(by=by, at=at, of=[record.Change(Verb.CREATED, "tutor check", check.pk)])
            return True
    except IntegrityError:
        return False

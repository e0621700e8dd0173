"""What a tutor is asked for themselves: to read what is new, and to do the check of the term."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Subquery

from pathbook.framework.years import AcademicYear
from pathbook.people.models import Account
from pathbook.uptake.models import AskedToRead, CheckAnswer
from pathbook.uptake.queries.checks import Term, term_of


@dataclass(frozen=True, slots=True)
class OfTutor:
    """The last time somebody asked them to read this year, and by whom; `check`: this term's, until they answered it."""

    asked_on: date | None
    asked_by: str
    check: Term | None


def of_tutor(account: int | None, *, on: date) -> OfTutor:
    """One query."""
    term = term_of(on)
    asked = AskedToRead.objects.filter(account=OuterRef("pk"), asked_on__gte=AcademicYear.of(on).first_day)
    last = asked.order_by("-asked_on")
    answers = CheckAnswer.objects.filter(
        check_of__account=OuterRef("pk"), check_of__academic_year=term.year, check_of__term=term.name
    )
    said = Account.objects.filter(pk=account or 0).values_list(
        Subquery(last.values("asked_on")[:1]), Subquery(last.values("recorded_by")[:1]), Exists(answers)
    )
    day, name, has_answered = said.first() or (None, None, False)
    return OfTutor(day, name or "", None if has_answered else term)

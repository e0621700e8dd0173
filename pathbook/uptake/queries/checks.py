"""The two-minute check: which three tutees are asked of, what a tutor answered, and how it went for all tutors together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db.models import Count, F, Q

from pathbook.framework.shares import Share
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Institution, Student
from pathbook.records.models import Aspiration
from pathbook.uptake.models import CheckAnswer, TutorCheck

ASKED = 3
FEWEST_TUTORS = 5  # of fewer, a total would tell of somebody


@dataclass(frozen=True, slots=True)
class Term:
    """One term of an academic year."""

    year: int
    name: str

    @property
    def label(self) -> str:
        return f"{self.name} term {AcademicYear(self.year).label}"


def term_of(on: date) -> Term:
    year = AcademicYear.of(on)
    return Term(year.start, year.term_of(on))


def three_of(students: Iterable[Student], account: int | None, term: Term) -> tuple[Student, ...]:
    """The same three for this tutor and term however often it is asked, and nobody's choice."""
    return tuple(sorted(students, key=lambda one: _draw(one, account, term))[:ASKED])


def _draw(student: Student, account: int | None, term: Term) -> str:
    return sha256(f"{account} {term.label} {student.key}".encode()).hexdigest()


def pathway_of(student: Student) -> str:
    """What their record says now; empty where they have not said."""
    rows = Aspiration.objects.filter(student=student).order_by("-said_on", "-pk")
    return rows.values_list("pathway", flat=True).first() or ""


def answers_of(account: int | None, term: Term) -> tuple[CheckAnswer, ...]:
    """Empty while the check of this term is not answered."""
    mine = CheckAnswer.objects.filter(
        check_of__account=account, check_of__academic_year=term.year, check_of__term=term.name
    )
    return tuple(mine.select_related("student").order_by("pk"))


@dataclass(frozen=True, slots=True)
class CheckTotals:
    """How many tutors answered, and how many answers were right of the first 5, 10, 15 ... of them; None under five."""

    term: Term
    tutors: int
    right: Share | None


def totals_of(school: Institution, term: Term) -> CheckTotals:
    """Counted in whole fives, so that the next to answer is not told by what changed. Two queries."""
    checks = TutorCheck.objects.filter(institution=school, academic_year=term.year, term=term.name)
    answered = list(checks.order_by("pk").values_list("pk", flat=True))
    whole = answered[: len(answered) - len(answered) % FEWEST_TUTORS]
    if not whole:
        return CheckTotals(term, len(answered), None)
    said = CheckAnswer.objects.filter(check_of__in=whole).aggregate(asked=Count("pk"), right=Count("pk", filter=RIGHT))
    return CheckTotals(term, len(answered), Share(said["right"], said["asked"]))


RIGHT = Q(said=F("stood"))

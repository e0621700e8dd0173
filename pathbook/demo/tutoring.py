"""What Northbridge's tutors say of what they read, their two-minute checks, and students whose form may see their hope."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from pathbook.audit.models import Event, Verb
from pathbook.demo.doors import BATCH
from pathbook.demo.happenings import moment
from pathbook.demo.people import Cast
from pathbook.demo.reading import is_read
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Enrolment, Role, RoleHeld, Student
from pathbook.records.models import Aspiration, GuidanceMeeting
from pathbook.records.models.destination import PATHWAYS
from pathbook.uptake.models import Acknowledgement, CheckAnswer, GoalOnBoard, TutorCheck
from pathbook.uptake.queries.checks import Term, term_of, three_of


@dataclass(frozen=True, slots=True)
class _Form:
    """A tutor of today with their tutees."""

    held: RoleHeld
    students: tuple[Student, ...]

    @property
    def is_read(self) -> bool:
        return self.held.tutor_group is not None and is_read(self.held.tutor_group.name)


def write_tutoring(cast: Cast, *, today: date) -> None:
    """By a chance of its own, so that the rest of the school is as it was without it."""
    rng = Random(cast.school.urn + 2)
    forms = list(_forms(cast, today))
    hopes = dict(Aspiration.objects.order_by("said_on", "pk").values_list("student_id", "pathway"))
    Acknowledgement.objects.bulk_create(_understood(rng, forms, today), batch_size=BATCH)
    first = AcademicYear.of(today).first_day
    terms = {term_of(first): min(today, date(first.year, 11, 20)), term_of(today): today}
    for term, on in terms.items():
        _check(rng, forms, hopes, term, on)
    _show_goals(rng, today)


def _forms(cast: Cast, today: date) -> Iterator[_Form]:
    held = RoleHeld.objects.held_on(today).filter(institution=cast.school, role=Role.FORM_TUTOR)
    here = Enrolment.objects.main().current(today).select_related("student").order_by("student_id")
    for row in held.select_related("account", "tutor_group").order_by("tutor_group__name"):
        yield _Form(row, tuple(one.student for one in here.filter(tutor_group=row.tutor_group)))


def _understood(rng: Random, forms: Iterable[_Form], today: date) -> Iterator[Acknowledgement]:
    """Of what they opened after a meeting of this year, about two in three."""
    for form in forms:
        opened = Event.objects.filter(verb=Verb.READ, actor_id=form.held.account_id, noun="student").order_by(
            "at", "pk"
        )
        last = dict(opened.values_list("student_id", "at"))
        held = GuidanceMeeting.objects.held().filter(student__in=form.students).exclude(summary="")
        for meeting in held.filter(held_on__gte=AcademicYear.of(today).first_day).order_by("pk"):
            at = last.get(meeting.student_id)
            if at is not None and meeting.held_on and at.date() >= meeting.held_on and rng.random() < 0.65:
                account = form.held.account
                yield Acknowledgement(meeting=meeting, account=account, recorded_by=account.name, recorded_at=at)


def _check(rng: Random, forms: Iterable[_Form], hopes: dict[int, str], term: Term, on: date) -> None:
    """Answered by most; about seven answers in ten are right."""
    answered = [form for form in forms if form.students and rng.random() < (0.95 if form.is_read else 0.25)]
    checks = TutorCheck.objects.bulk_create(_row(form, term, on) for form in answered)
    CheckAnswer.objects.bulk_create(
        CheckAnswer(check_of=check, student=one, said=_said(rng, hopes.get(one.pk, "")), stood=hopes.get(one.pk, ""))
        for form, check in zip(answered, checks, strict=True)
        for one in three_of(form.students, form.held.account_id, term)
    )


def _row(form: _Form, term: Term, on: date) -> TutorCheck:
    account = form.held.account
    return TutorCheck(
        institution=form.held.institution, account=account, academic_year=term.year, term=term.name,
        recorded_by=account.name, recorded_at=moment(on, 15),
    )  # fmt: skip


def _said(rng: Random, stood: str) -> str:
    return stood if rng.random() < 0.7 else rng.choice(list(PATHWAYS))


def _show_goals(rng: Random, today: date) -> None:
    """About one in six of those who said what they hope for this year."""
    said = Aspiration.objects.filter(said_on__range=(AcademicYear.of(today).first_day, today)).order_by("said_on", "pk")
    newest = {hope.student_id: hope for hope in said}
    GoalOnBoard.objects.bulk_create(
        GoalOnBoard(
            student_id=student, aspiration=hope, recorded_by="the student", recorded_at=moment(hope.said_on, 16)
        )
        for student, hope in sorted(newest.items())
        if rng.random() < 0.17
    )

"""Makers of what needs rest on, beside those of tests.make."""

from datetime import date

from pathbook.needs.queries import needs_of_school
from pathbook.people.models import Student
from pathbook.records.models import Action, AnnualReview, Aspiration, Barrier, Offer
from tests import make


def action(someone, due_on=date(2026, 1, 20), what="Read two course pages", owner="student", **said):
    said.setdefault("agreed_on", date(2026, 1, 5))
    return Action.objects.create(student=someone, what=what, owner=owner, due_on=due_on, recorded_by="a test",
                                 recorded_at=make.NOW, **said)  # fmt: skip


def aspiration(someone, pathway="", sector="", said_on=date(2025, 10, 1)):
    return Aspiration.objects.create(student=someone, pathway=pathway, sector=sector, said_on=said_on,
                                     recorded_by="a test", recorded_at=make.NOW)  # fmt: skip


def barrier(someone, kind="travel", said_on=date(2026, 1, 8), **said):
    return Barrier.objects.create(student=someone, kind=kind, said_on=said_on, recorded_by="a test",
                                  recorded_at=make.NOW, **said)  # fmt: skip


def review(someone, due_on=date(2026, 2, 26)):
    return AnnualReview.objects.create(student=someone, due_on=due_on, recorded_by="a test", recorded_at=make.NOW)


def offer(someone, status="offered", on=date(2026, 1, 20)):
    return Offer.objects.create(student=someone, provider="Northbridge College", status=status, on=on,
                                recorded_by="a test", recorded_at=make.NOW)  # fmt: skip


def listed(as_of=make.TODAY, among=None):
    return needs_of_school(make.school(), as_of=as_of, among=among)


def needs(someone, as_of=make.TODAY):
    """This student's needs that stand."""
    (one,) = listed(as_of, Student.objects.filter(pk=someone.pk)).students
    return one.needs


def need(someone, code, as_of=make.TODAY):
    return next((one for one in needs(someone, as_of) if one.code == code), None)

"""A school with scarce places, and the problem its rows make."""

from datetime import UTC, date, datetime, timedelta

from pathbook.needs.places.offers import Scarce, open_activities, open_slots
from pathbook.needs.places.problem import problem_of
from tests import make

FIRST = datetime(2026, 2, 9, 9, 0, tzinfo=UTC)


def slots(how_many, adviser=None, first=FIRST):
    adviser = adviser or make.staff()
    return [make.slot(adviser, first + timedelta(hours=n)) for n in range(how_many)]


def visit(title="Site visit", on=date(2026, 3, 10), capacity=2, **said):
    return make.activity(title, "employer_encounter", on, capacity=capacity, **said)


def scarce(on=make.TODAY, at=make.NOW):
    viewer = make.viewer(make.careers_leader())
    slots = open_slots(viewer, make.school(), at=at, on=on)
    return Scarce(bool(slots), slots, open_activities(make.school(), on=on))


def problem(edits=None, limit=0.05, **asked):
    return problem_of(make.school(), scarce(**asked), on=make.TODAY, limit=limit, edits=edits)


def wishes(of, asked):
    return [one for one in asked.wishes if one.student == of.key]


def menu(wish, asked):
    return next(one.worth for one in asked.menus if one.id == wish.menu)


def cannot(of, asked):
    return next(one.cannot for one in asked.students if one.id == of.key)

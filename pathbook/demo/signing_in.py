"""When Northbridge's staff signed in: tutors on the days they read a record, everyone else about weekly."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from random import Random

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.demo.doors import WHOLE_SCHOOL
from pathbook.demo.happenings import moment
from pathbook.demo.people import Cast
from pathbook.demo.term import school_day
from pathbook.framework.years import AcademicYear
from pathbook.people.models import RoleHeld

Told = tuple[record.Actor, datetime, record.Change]
NEVER_CAME = ("Lena Moss",)  # so that the page has somebody to ask


def sign_ins(cast: Cast, readings: Iterable[Told], *, years: Iterable[int], today: date) -> list[Told]:
    """Once a day at most. By a chance of its own, so that the rest of the school is as it was without it."""
    rng = Random(cast.school.urn)
    days = {(by.account_id, by.name, by.role, at.date()) for by, at, _ in readings if by.account_id is not None}
    return [
        (record.Someone(pk, name, role), moment(day, 8), record.Change(Verb.SIGNED_IN, "account", pk, None, {"with": "link"}))
        for pk, name, role, day in sorted({*days, *_weekly(rng, cast, years, today)}, key=lambda one: (one[3], one[0]))
    ]  # fmt: skip


def _weekly(rng: Random, cast: Cast, years: Iterable[int], today: date) -> Iterable[tuple[int, str, str, date]]:
    named = [name for name, _ in WHOLE_SCHOOL if name not in NEVER_CAME]
    held = RoleHeld.objects.filter(institution=cast.school, account__name__in=named).order_by("pk")
    for pk, name, role in held.values_list("account_id", "account__name", "role"):
        for year in years:
            first = AcademicYear(year).first_day
            for week in range(46):
                day = school_day(first + timedelta(days=7 * week + rng.randrange(7)), not_before=first)
                if day <= today:
                    yield pk, name, role, day

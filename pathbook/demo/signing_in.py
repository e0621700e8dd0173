"""When Northbridge's staff signed in: tutors on the days they read a record, everyone else about weekly."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from random import Random

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.demo.doors import WHOLE_SCHOOL
from pathbook.demo.happenings import moment
from pathbook.demo.people import Cast
from pathbook.demo.term import school_day
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Account, RoleHeld

Told = tuple[record.Actor, datetime, record.Change]
NEVER_CAME = ("Lena Moss",)  # so that the page has somebody to ask


def sign_ins(cast: Cast, readings: Iterable[Told], *, years: Iterable[int], today: date) -> list[Told]:
    """Once a day at most. By a chance of its own, so that the rest of the school is as it was without it."""
    rng = Random(cast.school.urn)
    days = {(by.account_id, by.name, by.role, at.date()) for by, at, _ in readings if by.account_id is not None}
    seen = sorted({*days, *_weekly(rng, cast, years, today)}, key=lambda one: (one[3], one[0]))
    _remember({pk: day for pk, _, _, day in seen})
    return [
        (record.Someone(pk, name, role), moment(day, 8), record.Change(Verb.SIGNED_IN, "account", pk, None, {"with": "link"}))
        for pk, name, role, day in seen
    ]  # fmt: skip


def _remember(last: Mapping[int, date]) -> None:
    accounts = list(Account.objects.filter(pk__in=last))
    for account in accounts:
        account.last_login = moment(last[account.pk], 8)
    Account.objects.bulk_update(accounts, ["last_login"])


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

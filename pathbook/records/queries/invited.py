"""Who may be invited by rule, and who is: read when asked, so that it is right as students come and go."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pathbook.framework.invited import Rule, Someone, rule_of
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Enrolment, Institution, Membership
from pathbook.records.models import Activity

NOWHERE: frozenset[str] = frozenset()
MOVES_UP = (7, 8, 9, 10, 12)  # who after Year 11 or 13 stays is not known until they do


@dataclass(frozen=True, slots=True)
class Invitable:
    """A student as a rule sees them in one academic year."""

    pk: int
    key: str
    someone: Someone


def invitable(school: Institution, *, year: AcademicYear, on: date, rules: Iterable[Rule] = ()) -> list[Invitable]:
    """Everyone of the roll that year; one query, and one more if `rules` name groups.

    Of a year to come, today's students, each a year group on, in no form and no group yet.
    """
    now, to_come = AcademicYear.of(on), year.start - AcademicYear.of(on).start
    rows = Enrolment.objects.main().filter(institution=school)
    rows = rows.in_year(year.start) if to_come < 0 else rows.current(on)
    if to_come > 1:
        return []
    if to_come == 1:
        rows = rows.filter(year_group__in=MOVES_UP, academic_year=now.start)
    named: Iterable[Any] = rows.order_by("student_id", "start_date").values_list(
        "student_id", "student__key", "year_group", "tutor_group__name", "sen", "pupil_premium", "fsm", "looked_after",
        "eal", "young_carer",
    )  # fmt: skip
    up = max(0, to_come)
    inside = {} if up else _inside(school, {name for rule in rules for name in rule.groups}, on)
    found = {
        pk: Invitable(pk, key, Someone(group + up, "" if up else form or "", _who(*said), inside.get(pk, NOWHERE)))
        for pk, key, group, form, *said in named
    }
    return list(found.values())


def _who(sen: str, pupil_premium: bool, fsm: bool, looked_after: bool, eal: bool, young_carer: bool) -> frozenset[str]:
    said = {
        "ehcp": sen == "E", "sen": sen in ("K", "E"), "pupil_premium": pupil_premium, "fsm": fsm,
        "looked_after": looked_after, "eal": eal, "young_carer": young_carer,
    }  # fmt: skip
    return frozenset(code for code, true in said.items() if true)


def _inside(school: Institution, names: Collection[str], on: date) -> Mapping[int, frozenset[str]]:
    """Student -> which of these groups they are in that day; no query when no name is asked for."""
    if not names:
        return {}
    rows = Membership.objects.running(on).filter(group__institution=school, group__name__in=names)
    found: dict[int, set[str]] = defaultdict(set)
    for student, name in rows.values_list("student_id", "group__name"):
        found[student].add(name)
    return {student: frozenset(said) for student, said in found.items()}


def invited_by(rule: Rule, among: Iterable[Invitable]) -> list[Invitable]:
    return [one for one in among if rule.fits(one.someone)]


def rules_to_come(school: Institution, *, year: AcademicYear, on: date) -> list[Activity]:
    """Each activity of that year from today on that invites by rule; one query."""
    rows = Activity.objects.not_withdrawn().of_our_own().filter(institution=school, starts_on__gte=on)
    return list(rows.in_year(year.start).exclude(rule=[]).order_by("starts_on", "pk"))


def all_invited(activity: Activity, among: Iterable[Invitable]) -> list[Invitable]:
    """Everyone its rule invites; nobody where there are fewer places than that: who gets them is then for people to say."""
    found = invited_by(rule_of(activity.rule), among)
    return found if activity.capacity is None or len(found) <= activity.capacity else []

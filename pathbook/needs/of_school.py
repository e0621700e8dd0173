"""What the needs of any student are read against: the school's rules, its programme, and what was put aside.

The same for everybody, so it is read once and remembered until the audit shows that something was written down; each
student's own facts are not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pathbook.audit.last import last_said
from pathbook.framework.facts import ActivityFacts
from pathbook.framework.needs.programme import Programme
from pathbook.framework.needs.rules import Change, Rule, rules_with
from pathbook.needs.models import Dismissal, NeedSettings
from pathbook.needs.programme import programme_of
from pathbook.people.models import Institution
from pathbook.records.activity_facts import activities_of


@dataclass(frozen=True, slots=True)
class OfSchool:
    """`aside`: dismissals in force, by student key and fingerprint."""

    rules: tuple[Rule, ...]
    programme: Programme
    aside: Mapping[tuple[str, str], Dismissal]
    activities: Mapping[int, ActivityFacts]


def of_school(school: Institution, *, as_of: date) -> OfSchool:
    """One query where nothing was written since."""
    return _of_school(school.pk, as_of, last_said())


@lru_cache(maxsize=4)
def _of_school(pk: int, as_of: date, _last_said: int) -> OfSchool:
    school = Institution(pk=pk)
    rules = rules_of(school)
    most = next(float(rule.settings["most_of_group"]) for rule in rules if rule.code == "absent")
    return OfSchool(
        rules,
        programme_of(school, as_of=as_of, most_of_group=most),
        _aside(school, as_of),
        activities_of(school, as_of=as_of),
    )


def _aside(school: Institution, as_of: date) -> Mapping[tuple[str, str], Dismissal]:
    rows = Dismissal.objects.in_force(as_of).filter(student__institution=school).select_related("student")
    return {(row.student.key, row.fingerprint): row for row in rows.order_by("until", "pk")}


def forget() -> None:
    """Drop what is remembered: after a restore, whose events may have the same ids as those it replaced."""
    _of_school.cache_clear()
    _rules.cache_clear()


def rules_of(school: Institution, *, written: int | None = None) -> tuple[Rule, ...]:
    """The rules with the school's own changes; one query, and none where `written` (audit.last) is known and no later."""
    return rules_with(changes_of(school)) if written is None else _rules(school.pk, written)


@lru_cache(maxsize=4)
def _rules(pk: int, _written: int) -> tuple[Rule, ...]:
    return rules_of(Institution(pk=pk))


def changes_of(school: Institution) -> Mapping[str, Change]:
    said = NeedSettings.objects.filter(institution=school).first()
    return said.changes if said else {}

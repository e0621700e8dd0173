"""An activity's list of names that its rule fills: since when it follows the roll, and who joined and left since."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count

from pathbook.audit.models import Event, Verb
from pathbook.framework.invited import Rule, rule_of
from pathbook.framework.years import AcademicYear
from pathbook.records.models import Activity
from pathbook.records.queries.invited import invitable, invited_by


@dataclass(frozen=True, slots=True)
class ByRule:
    """`since`: when the list was first filled; until then `today` is how many the rule invites, and nobody is down by it."""

    rule: Rule
    since: datetime | None
    joined: int = 0
    left: int = 0
    today: int = 0

    @property
    def moved(self) -> str:
        """Such as "3 joined, 1 left", of those who came after the list was first filled."""
        said = [f"{many:,} {word}" for many, word in ((self.joined, "joined"), (self.left, "left")) if many]
        return ", ".join(said) or "nobody joined or left"


def by_rule(activity: Activity, *, on: date) -> ByRule | None:
    """None where it invites nobody by rule; one query, two for a list not filled yet."""
    rule = rule_of(activity.rule)
    if not rule:
        return None
    if activity.rule_filled_at is None:
        return ByRule(rule, None, today=_today(activity, rule, on))
    rows = Event.objects.filter(
        noun="activity", noun_id=activity.pk, at__gt=activity.rule_filled_at, detail__by_rule=True
    )
    many = dict(rows.order_by().values_list("verb").annotate(n=Count("pk")))
    return ByRule(rule, activity.rule_filled_at, many.get(Verb.CREATED, 0), many.get(Verb.REMOVED, 0))


def _today(activity: Activity, rule: Rule, on: date) -> int:
    if activity.starts_on < on:
        return 0
    year = AcademicYear(activity.academic_year)
    return len(invited_by(rule, invitable(activity.institution, year=year, on=on, rules=[rule])))

"""Whom an activity would invite and what would stand in its way, before it is saved and after."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pathbook.framework import kinds
from pathbook.framework.clashes import Clash, Held, clashes_of
from pathbook.framework.in_words import day_in_words, listed
from pathbook.framework.invited import Rule, rule_of
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Institution
from pathbook.records.actions.programme import Details
from pathbook.records.models import Activity
from pathbook.records.queries.invited import invitable, invited_by
from pathbook.records.queries.planned import exams_of, held_of
from pathbook.reports.plan import activities_of

SHOWN = 3  # clashes in a sentence


@dataclass(frozen=True, slots=True)
class Preview:
    """`by_year`: year group -> how many the rule invites. `places`: how many there are, if it says."""

    rule: Rule
    by_year: Mapping[int, int]
    clashes: tuple[Clash, ...]
    places: int | None = None

    @property
    def many(self) -> int:
        return sum(self.by_year.values())

    @property
    def in_words(self) -> str:
        """One or two sentences, "" when there is nothing to say."""
        return " ".join(filter(None, (self._invited, clashes_in_words(self.clashes))))

    @property
    def _invited(self) -> str:
        if not self.rule:
            return "It invites nobody by rule."
        students = f"{self.many:,} student{'' if self.many == 1 else 's'} today"
        over = f", for {self.places:,} places" if self.places is not None and self.places < self.many else ""
        return f"{self.rule.in_words}: {students}{over}."


def clashes_in_words(clashes: tuple[Clash, ...]) -> str:
    if not clashes:
        return ""
    said = [f"{one.title} on {day_in_words(one.on)} ({one.how_many:,})" for one in clashes[:SHOWN]]
    more = [f"{len(clashes) - SHOWN} more"] if len(clashes) > SHOWN else []
    return f"In its way: {listed([*said, *more])}."


def preview(school: Institution, details: Details, *, on: date, besides: Activity | None = None) -> Preview:
    """A fixed number of queries. `besides`: the activity these are the details of, which is not in its own way."""
    year = AcademicYear.of(details.starts_on)
    rule = rule_of(details.rule)
    among = invitable(school, year=year, on=on, rules=[rule])
    invited = {one.pk: one.someone.year_group for one in invited_by(rule, among)}
    others = held_of(school, activities_of(school, year), year=year, on=on)
    students = {**(others[besides.pk].students if besides and besides.pk in others else {}), **invited}
    long = kinds.takes_the_day(details.kind, details.also, float(details.hours))
    last = max(details.ends_on or details.starts_on, details.starts_on)
    own = besides.key if besides else ""
    it = Held(own, details.title, details.starts_on, last, students, long)
    clashes = clashes_of(it, others.values(), exams_of(school, year))
    by_year = Counter(invited.values())
    return Preview(rule, dict(sorted(by_year.items())), clashes, details.capacity)

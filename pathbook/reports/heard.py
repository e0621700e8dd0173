"""What students, parents and staff say on the same point, from the last survey of each that is over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pathbook.framework.shares import SMALL, Share
from pathbook.people.models import Institution
from pathbook.uptake.bank import PARENTS, STAFF, STUDENTS
from pathbook.uptake.counting import EVERYONE
from pathbook.uptake.models import SurveyTally
from pathbook.uptake.queries.results import agree_of

ASKED = (STUDENTS, PARENTS, STAFF)
POINTS = (("GB1.3", "Know what the careers programme is"), ("GB8.3", "Know how to get a guidance meeting"))


@dataclass(frozen=True, slots=True)
class Point:
    """One point, and the share of each who agree: None where they were not asked, or too few to say."""

    label: str
    agree: Mapping[str, Share | None]

    @property
    def said(self) -> tuple[tuple[str, Share | None], ...]:
        return tuple((whom, self.agree[whom]) for whom in ASKED)


def heard_on(school: Institution, *, on: date) -> tuple[Point, ...]:
    """One query; points nobody was asked about are left out."""
    over = SurveyTally.objects.filter(
        survey__institution=school, survey__is_released=True, survey__closes_on__lt=on, part=EVERYONE,
        answered__gte=SMALL,
    )  # fmt: skip
    agreed: dict[tuple[str, str], Share | None] = {}
    for tally in over.select_related("survey").order_by("survey__closes_on", "survey_id"):
        for question in tally.survey.asks:
            if question.criterion and question.code in tally.counts:
                agreed[question.criterion, tally.survey.audience] = agree_of(question, tally.counts[question.code])
    points = [Point(label, {whom: agreed.get((code, whom)) for whom in ASKED}) for code, label in POINTS]
    return tuple(point for point in points if any(point.agree.values()))

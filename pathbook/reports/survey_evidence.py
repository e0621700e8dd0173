"""What surveys say of a benchmark criterion: the share who agree, with its counts, of each question tied to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pathbook.framework.shares import SMALL, Share
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Institution
from pathbook.uptake.bank import AUDIENCES, SCALE
from pathbook.uptake.counting import EVERYONE, Counts
from pathbook.uptake.models import Survey, SurveyTally
from pathbook.uptake.queries.results import agree_of


@dataclass(frozen=True, slots=True)
class SurveyEvidence:
    """One question of one survey. `agree`: of a scale, and only where it points at nobody; None for other questions."""

    criterion: str
    survey_key: str
    title: str
    whose: str
    closed_on: date
    words: str
    answered: int
    agree: Share | None


def survey_evidence(school: Institution, *, on: date) -> tuple[SurveyEvidence, ...]:
    """Of surveys that closed this academic year with five answers or more, the latest first; one query."""
    first = AcademicYear.of(on).first_day
    rows = SurveyTally.objects.filter(part=EVERYONE, answered__gte=SMALL, survey__in=Survey.objects.closed_by(on))
    rows = rows.filter(survey__institution=school, survey__closes_on__gte=first).select_related("survey")
    totals = rows.order_by("-survey__closes_on", "-survey_id")
    return tuple(one for total in totals for one in _evidence(total.survey, total))


def _evidence(survey: Survey, total: SurveyTally) -> Iterable[SurveyEvidence]:
    counts: Counts = total.counts
    for question in survey.asks:
        if question.criterion:
            agree = agree_of(question, counts[question.code]) if question.kind == SCALE else None
            yield SurveyEvidence(
                question.criterion, survey.key, survey.title, AUDIENCES[survey.audience], survey.closes_on,
                question.in_full, total.answered, agree,
            )  # fmt: skip

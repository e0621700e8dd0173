"""One criterion of a year: what stands of it, everything that was said before, and its evidence with its days."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Value

from pathbook.framework.evaluate import CriterionResult
from pathbook.framework.sets import Criterion
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Institution
from pathbook.records.actions.judging import About
from pathbook.records.models import Activity, Evidence, Statement
from pathbook.reports.evaluation import evaluation_of
from pathbook.reports.held_evidence import Held, held_for
from pathbook.uptake.models import Survey


@dataclass(frozen=True, slots=True)
class StatementLine:
    row: Statement
    answer: str
    stands: bool


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """`holds`: today; what has run out stays listed, and no longer counts."""

    row: Evidence
    holds: bool
    file: str


@dataclass(frozen=True, slots=True)
class CriterionPage:
    """`answers`: what may be said; `result`: how it is judged on that day."""

    about: About
    criterion: Criterion
    answers: tuple[tuple[str, str], ...]
    result: CriterionResult
    said: tuple[StatementLine, ...]
    evidence: tuple[EvidenceLine, ...]
    held: tuple[Held, ...]

    @property
    def to_attach(self) -> tuple[Held, ...]:
        """What Pathbook holds and nobody has attached."""
        known = {line.row.link or line.row.survey for line in self.evidence if line.holds}
        return tuple(one for one in self.held if (one.survey or one.url) not in known)

    @property
    def standing(self) -> StatementLine | None:
        return next((line for line in self.said if line.stands), None)

    @property
    def is_practice(self) -> bool:
        return self.criterion.kind == "practice"

    @property
    def holding(self) -> int:
        return sum(line.holds for line in self.evidence)


def criterion_page(about: About, *, as_of: date) -> CriterionPage | None:
    """None for a criterion that the set does not ask of this kind of school, or that is never scored."""
    evaluation = evaluation_of(about.school, set_id=about.set_id, as_of=as_of)
    result = evaluation.criterion(about.criterion)
    if result is None or result.criterion.kind == "expectation":
        return None
    answers = evaluation.set.answers(result.criterion)
    rows = Statement.objects.of(about.school, set_id=about.set_id, year=about.year).filter(criterion=about.criterion)
    return CriterionPage(
        about, result.criterion, tuple(answers.items()), result, _said(list(rows.order_by("-pk")), answers),
        _evidence(about, as_of), held_for(about.school, about.criterion, on=as_of),
    )  # fmt: skip


def _said(rows: list[Statement], answers: dict[str, str]) -> tuple[StatementLine, ...]:
    last = next((row for row in rows if row.taken_back_at is None), None)
    return tuple(StatementLine(row, answers.get(row.answer, row.answer), row is last) for row in rows)


def _evidence(about: About, as_of: date) -> tuple[EvidenceLine, ...]:
    """One query, and no file is read."""
    rows = Evidence.objects.of(about.school, set_id=about.set_id, year=about.year).standing()
    rows = rows.filter(criterion=about.criterion).select_related("activity").annotate(file_name=F("file__name"))
    return tuple(
        EvidenceLine(row, row.holds(as_of), getattr(row, "file_name", None) or "")
        for row in rows.order_by("expires_on", "pk")
    )


@dataclass(frozen=True, slots=True)
class ToShow:
    """What may be shown as evidence: key and words, the last first."""

    activities: tuple[tuple[str, str], ...]
    surveys: tuple[tuple[str, str], ...]


def to_show(school: Institution, year: AcademicYear) -> ToShow:
    """Activities and surveys of the year; one query."""
    span = (year.first_day, year.last_day)
    activities = Activity.objects.filter(institution=school, starts_on__range=span).order_by()
    surveys = Survey.objects.filter(institution=school, opens_on__range=span).order_by()
    named = ("what", "pk", "key", "title", "day")
    rows = activities.annotate(what=Value("activity"), day=F("starts_on")).values_list(*named).union(
        surveys.annotate(what=Value("survey"), day=F("opens_on")).values_list(*named), all=True
    )  # fmt: skip
    found: dict[str, list[tuple[str, str]]] = {"activity": [], "survey": []}
    for what, _, key, title, day in sorted(rows, key=lambda row: (-row[4].toordinal(), row[1])):
        found[what].append((key, f"{title}, {day:%-d %b %Y}"))
    return ToShow(tuple(found["activity"]), tuple(found["survey"]))

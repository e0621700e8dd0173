"""One criterion of a year: what stands of it, everything that was said before, and its evidence with its days."""

from dataclasses import dataclass
from datetime import date

from pathbook.framework.evaluate import CriterionResult
from pathbook.framework.sets import Criterion
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Institution
from pathbook.records.actions.judging import About
from pathbook.records.models import Activity, Evidence, EvidenceFile, Statement
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
    """Two queries, and no file is read."""
    rows = Evidence.objects.of(about.school, set_id=about.set_id, year=about.year).standing()
    rows = rows.filter(criterion=about.criterion).select_related("activity").order_by("expires_on", "pk")
    names = dict(EvidenceFile.objects.filter(evidence__in=rows).values_list("evidence_id", "name"))
    return tuple(EvidenceLine(row, row.holds(as_of), names.get(row.pk, "")) for row in rows)


def activities_of(school: Institution, year: AcademicYear) -> list[tuple[str, str]]:
    """What may be shown as evidence, the last first."""
    rows = Activity.objects.filter(institution=school, starts_on__range=(year.first_day, year.last_day))
    return [(row.key, f"{row.title}, {row.starts_on:%-d %b %Y}") for row in rows.order_by("-starts_on", "pk")]


def surveys_of_year(school: Institution, year: AcademicYear) -> list[tuple[str, str]]:
    rows = Survey.objects.filter(institution=school, opens_on__range=(year.first_day, year.last_day))
    return [(row.key, f"{row.title}, {row.opens_on:%-d %b %Y}") for row in rows.order_by("-opens_on", "pk")]

"""The evaluation as a page shows it: every criterion with its count, hidden where small numbers would tell."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from pathbook.framework.cohort import Size
from pathbook.framework.evaluate import CriterionResult, Evaluation, Part
from pathbook.framework.judge import measure_of
from pathbook.framework.sets import BenchmarkSet
from pathbook.framework.shares import Share, hide_small_share, small_rows
from pathbook.reports.gaps import GAPS

JUDGED = {
    "recorded": "counted from records", "stated": "stated, with evidence",
    "stated_no_evidence": "stated, no evidence yet", "unscored": "not stated yet",
}  # fmt: skip
HIDDEN = "fewer than 5, hidden"


@dataclass(frozen=True, slots=True)
class YearCount:
    group: int
    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said of it: "Partly", "All". The words only for those who may read them."""

    answer: str
    evidence: int
    words: str
    by: str
    on: date | None
    key: str


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """`count` is words: "79%, 871 of 1,105", or that it is hidden; `url` the list of those without, if names are seen."""

    id: str
    label: str
    statement: str
    verified: bool
    kind: str
    status: str
    judged: str
    share: Share | None
    count: str
    band: str
    years: tuple[YearCount, ...]
    parts: tuple["CriterionLine", ...]
    url: str
    said: Said | None = None
    over: str = ""  # how many of the roll it is counted over, where a school chose
    own_rule: str = ""  # the school's own share at which it is met
    answers: tuple[tuple[str, str], ...] = ()  # what may be said of it

    @property
    def is_practice(self) -> bool:
        return self.kind == "practice"


@dataclass(frozen=True, slots=True)
class BenchmarkSection:
    id: str
    number: int
    name: str
    summary: str
    status: str
    met: int
    scored: int
    criteria: tuple[CriterionLine, ...]


@dataclass(frozen=True, slots=True)
class EvaluationPage:
    sections: tuple[BenchmarkSection, ...]
    access: tuple[CriterionLine, ...]
    met: int
    scored: int


def evaluation_page(evaluation: Evaluation, *, named: bool, links: bool, words: bool = False) -> EvaluationPage:
    """`named`: the viewer sees every student by name, so no number is too small. `links`: lists may be opened.

    `words`: what was said in words is shown too, and not only the status.
    """
    sections = tuple(
        BenchmarkSection(
            result.benchmark.id, int(result.benchmark.id[2:]), result.benchmark.name, result.benchmark.summary,
            result.status, result.met, result.scored,
            tuple(_criterion(criterion, evaluation.set, named, links, words) for criterion in result.criteria),
        )
        for result in evaluation.benchmarks
    )  # fmt: skip
    access = tuple(_part(part, evaluation.set, named, links) for part in evaluation.provider_access)
    return EvaluationPage(sections, access, sum(s.met for s in sections), sum(s.scored for s in sections))


def _criterion(result: CriterionResult, of: BenchmarkSet, named: bool, links: bool, words: bool) -> CriterionLine:
    share, count = _shown(result.share, named, chosen=_of_students(result, of))
    return CriterionLine(
        result.criterion.id, result.label, result.criterion.statement, result.criterion.verified, result.criterion.kind,
        result.status, JUDGED[result.judged], share, count, result.band.label if result.band else "",
        _years(result.criterion.id, of, result.by_year_group or {}, named),
        tuple(_part(part, of, named, links, chosen=_of_students(result, of)) for part in result.parts),
        _list_of(result.criterion.id) if links else "", _said(result, of) if words else None,
        _over(result.size), _own_rule(result.criterion.id, of),
        tuple(of.answers(result.criterion).items()),
    )  # fmt: skip


def _said(result: CriterionResult, of: BenchmarkSet) -> Said | None:
    said = result.said
    if said is None:
        return None
    answer = of.answers(result.criterion).get(said.status, said.status)
    return Said(answer, said.evidence, said.words, said.by, said.on, said.key)


def _of_students(result: CriterionResult, of: BenchmarkSet) -> bool:
    """Is it counted in students a school chose, and not in meetings, subjects or last year's leavers?"""
    row = measure_of(of.id, result.criterion.id) if result.size else None
    return row is not None and not row.per_item and bool(row.due_in) and not any(not part.due_in for part in row.parts)


def _over(size: Size | None) -> str:
    return "" if size is None else f"counted over {size.chosen:,} chosen of {size.roll:,} on the roll"


def _own_rule(criterion: str, of: BenchmarkSet) -> str:
    return f"met at {of.met_at[criterion] * 100:g}%, {of.rule}" if criterion in of.own else ""


def _part(part: Part, of: BenchmarkSet, named: bool, links: bool, *, chosen: bool = False) -> CriterionLine:
    share, count = _shown(part.share, named, chosen=chosen)
    return CriterionLine(
        part.id, part.label, "", True, "part", part.status, "", share, count, "",
        _years(part.id, of, part.by_year_group, named), (),
        _list_of(part.id) if links else "",
    )  # fmt: skip


def _shown(share: Share | None, named: bool, *, chosen: bool = False) -> tuple[Share | None, str]:
    """ "79%, 871 of 1,105"; of students a school chose "79%, 11 of the 14 chosen"."""
    if share is None:
        return None, ""
    shown = share if named else hide_small_share(share)
    if shown is None or not chosen or shown.percent is None:
        return shown, HIDDEN if shown is None else str(shown)
    return shown, f"{shown.percent}%, {shown.of:,} of the {shown.out_of:,} chosen"


def _years(row: str, of: BenchmarkSet, shares: Mapping[int, Share], named: bool) -> tuple[YearCount, ...]:
    """Year groups that make up the published total are hidden by it, and those on the way there by themselves."""
    measure = measure_of(of.id, row)
    due = measure.due_in if measure else frozenset(shares)
    hidden = set() if named else _hidden(shares, due) | _hidden(shares, shares.keys() - due)
    return tuple(YearCount(group, HIDDEN if group in hidden else str(share)) for group, share in shares.items())


def _hidden(shares: Mapping[int, Share], of: Collection[int]) -> set[int]:
    groups = [group for group in shares if group in of]
    return {groups[at] for at in small_rows([(shares[group],) for group in groups])}


def _list_of(row: str) -> str:
    return f"/students/?gap={row}" if row in GAPS else ""

"""The school's evaluation, remembered until something is written that could change it, and as JSON."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from pathbook.audit.last import last_write
from pathbook.framework.evaluate import CriterionResult, Evaluation, Part, evaluate
from pathbook.framework.shares import Share
from pathbook.needs import of_school
from pathbook.people.models import Institution
from pathbook.records.facts import school_facts
from pathbook.reports import remembered

AUDIENCES = {Institution.Kind.COLLEGE: "college", Institution.Kind.TRAINING: "itp"}


def evaluation_of(school: Institution, *, set_id: str, as_of: date) -> Evaluation:
    """The whole school judged. The last answers are kept until the audit shows a write (one query to find out)."""
    return _evaluation(school.pk, school.kind, set_id, as_of, last_write())


@lru_cache(maxsize=8)  # today, and the ends of a few years
def _evaluation(school_id: int, kind: str, set_id: str, as_of: date, _last_write: int) -> Evaluation:
    facts = school_facts(Institution(pk=school_id), as_of=as_of)
    return evaluate(facts, set_id, as_of, audience=AUDIENCES.get(Institution.Kind(kind), "school"))


def forget() -> None:
    """Drop what is remembered: after a restore, whose events may have the same ids as those it replaced."""
    _evaluation.cache_clear()
    remembered.forget()
    of_school.forget()


def as_json(evaluation: Evaluation, school: Institution) -> dict[str, Any]:
    """The shape measures.md documents for `pathbook evaluate --json`."""
    return {
        "institution": {"urn": school.urn, "name": school.name},
        "set": evaluation.set.id,
        "academic_year": evaluation.academic_year.start,
        "as_of": evaluation.as_of.isoformat(),
        "benchmarks": [
            {
                "id": result.benchmark.id,
                "name": result.benchmark.name,
                "status": result.status,
                "criteria_met": result.met,
                "criteria_scored": result.scored,
                "percent": result.percent,
                "criteria": [_criterion(criterion) for criterion in result.criteria],
            }
            for result in evaluation.benchmarks
        ],
        "provider_access": [_part(part) for part in evaluation.provider_access],
    }


def _criterion(result: CriterionResult) -> dict[str, Any]:
    said: dict[str, Any] = {
        "id": result.criterion.id,
        "kind": result.criterion.kind,
        "status": result.status,
        "judged": result.judged,
        "verified": result.criterion.verified,
    }
    if result.share is None:
        return said
    said |= {
        "numerator": result.share.of,
        "denominator": result.share.out_of,
        "band": result.band.code if result.band else None,
        "by_year_group": _by_year_group(result.by_year_group or {}),
    }
    return said | ({"parts": [_part(part) for part in result.parts]} if result.parts else {})


def _part(part: Part) -> dict[str, Any]:
    return {
        "id": part.id,
        "status": part.status,
        "numerator": part.share.of,
        "denominator": part.share.out_of,
        "by_year_group": _by_year_group(part.by_year_group),
    }


def _by_year_group(shares: Mapping[int, Share]) -> list[dict[str, int]]:
    return [{"year_group": group, "numerator": s.of, "denominator": s.out_of} for group, s in shares.items()]

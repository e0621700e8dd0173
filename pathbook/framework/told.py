"""An evaluation as JSON: the shape that other programs read, and that a snapshot keeps."""

from collections.abc import Mapping
from typing import Any

from pathbook.framework.evaluate import CriterionResult, Evaluation, Part
from pathbook.framework.sets import BenchmarkSet
from pathbook.framework.shares import Share


def told(evaluation: Evaluation, *, urn: int, name: str) -> dict[str, Any]:
    """The shape measures.md documents for `pathbook evaluate --json`."""
    return {
        "institution": {"urn": urn, "name": name},
        "set": evaluation.set.id,
        "academic_year": evaluation.academic_year.start,
        "as_of": evaluation.as_of.isoformat(),
        "rule": _rule(evaluation.set),
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


def _rule(of: BenchmarkSet) -> dict[str, Any]:
    """By what it was judged: whose rule, from which share each is met, what a share is called."""
    return {
        "version": of.version, "name": of.rule, "met_at": dict(of.met_at), "own": sorted(of.own),
        "bands": [{"code": band.code, "label": band.label, "min": band.low, "max": band.high} for band in of.bands],
    }  # fmt: skip


def _criterion(result: CriterionResult) -> dict[str, Any]:
    said: dict[str, Any] = {
        "id": result.criterion.id,
        "kind": result.criterion.kind,
        "status": result.status,
        "judged": result.judged,
        "verified": result.criterion.verified,
    }
    if result.said:
        said["stated"] = {"answer": result.said.status, "evidence": result.said.evidence, "on": str(result.said.on)}
    if result.size:
        said["chosen"] = {
            "students": result.size.chosen, "on_roll": result.size.roll, "since": result.size.on.isoformat()
        }  # fmt: skip
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

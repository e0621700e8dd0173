"""The school on paper: two pages for governors, and the careers leader's year. Shares and counts, never a name."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from pathbook.framework.evaluate import Evaluation
from pathbook.framework.sets import HOW_FAR, set_in_force
from pathbook.framework.years import YEAR_GROUPS, AcademicYear
from pathbook.people import access
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer
from pathbook.reports.charts.draw import Chart
from pathbook.reports.compared import FOR_ALL, by_groups, equity_gap
from pathbook.reports.evaluation import evaluation_of
from pathbook.reports.evaluation_page import BenchmarkSection, EvaluationPage, evaluation_page
from pathbook.reports.loop import Line, loop_page
from pathbook.reports.meant_and_did import meant_and_did
from pathbook.reports.programme import programme_of
from pathbook.reports.three_questions import three_questions
from pathbook.reports.year_on_year import year_on_year
from pathbook.sheets.typeset import pdf

STATED = {**HOW_FAR, "unscored": "–"}
STATES = {"planned": "Planned", "unconfirmed": "To confirm", "delivered": "", "withdrawn": "Withdrawn"}


def governors(viewer: Viewer, school: Institution, *, on: date) -> bytes:
    """Two pages, numbers only, small ones hidden, whoever asks for it."""
    said = _standing(viewer, school, on, named=False)
    return pdf("governors", said | {"title": "Careers programme: report to governors"}, on=on)


def year_report(viewer: Viewer, school: Institution, *, on: date) -> bytes:
    """For the careers leader: every benchmark by year group, the loop, each activity with who came."""
    year = AcademicYear.of(on)
    programme = programme_of(viewer, school, year=year, on=on)
    terms = [{"label": term.label, "lines": [_line(line) for line in term.lines]} for term in programme.terms]
    said = _standing(viewer, school, on, named=True)
    now = evaluation_of(school, set_id=set_in_force(on), as_of=on)
    return pdf(
        "year",
        said | {"title": f"Careers programme {year.label}", "year": year.label, "activities": programme.total,
                "stated": _stated(viewer, now), "terms": terms, "charts": [_drawn(chart) for chart in _charts(viewer, school, on)]},
        on=on,
    )  # fmt: skip


def _stated(viewer: Viewer, now: Evaluation) -> list[dict[str, str]]:
    """Practice criteria; the words for those who may read them, a status for everybody."""
    page = evaluation_page(now, named=True, links=False, words=viewer.may(access.EVALUATION))
    lines = [line for section in page.sections for line in section.criteria if line.is_practice]
    return [
        {
            "id": line.id, "asks": line.statement, "words": line.said.words if line.said else "",
            "answer": STATED[line.status], "behind": line.judged,
        }
        for line in lines
    ]  # fmt: skip


def _charts(viewer: Viewer, school: Institution, on: date) -> tuple[Chart, ...]:
    return (
        year_on_year(school, as_of=on, named=True), equity_gap(school, as_of=on, who=FOR_ALL, named=True),
        by_groups(school, as_of=on, row="", named=True), three_questions(viewer, school, as_of=on).funnel,
        meant_and_did(school, as_of=on, named=True),
    )  # fmt: skip


def _drawn(chart: Chart) -> dict[str, str]:
    return {"title": chart.title, "svg": chart.wide, "why": chart.why}


def _standing(viewer: Viewer, school: Institution, on: date, *, named: bool) -> dict[str, Any]:
    now = evaluation_of(school, set_id=set_in_force(on), as_of=on)
    page = evaluation_page(now, named=named, links=False)
    before = evaluation_page(
        evaluation_of(school, set_id=now.set.id, as_of=_a_year_before(on)), named=named, links=False
    )
    loop = loop_page(school, as_of=on, named=named)
    return {
        "school": school.name, "by": viewer.name, "students": f"{len(now.judged):,}", "set": now.set.id,
        "headline": f"{page.met} of {page.scored} scored criteria are met{_rule(now)}; {before.met} of {before.scored} a year before.",
        "benchmarks_found": f"{page.met} of {page.scored} scored criteria are met",
        "benchmarks": [_benchmark(one, was) for one, was in zip(page.sections, before.sections, strict=True)],
        "access": [{"label": line.label, "count": line.count} for line in page.access],
        "gap": f"{loop.gap.sentence}.", "loop": [_figure(line) for line in loop.lines],
        **_years(page, now),
    }  # fmt: skip


def _rule(now: Evaluation) -> str:
    return "" if now.set.framework is None else f", by {now.set.rule}"


def _a_year_before(on: date) -> date:
    return on.replace(year=on.year - 1, day=28) if (on.month, on.day) == (2, 29) else on.replace(year=on.year - 1)


def _benchmark(section: BenchmarkSection, before: BenchmarkSection) -> dict[str, Any]:
    counted = [line for line in section.criteria if line.share is not None or line.count]
    first = counted[0] if counted else None
    return {
        "number": section.number, "name": section.name, "counted": first.label if first else "Stated, with evidence",
        "percent": first.share.percent if first and first.share else None, "count": first.count if first else "",
        "criteria": f"{section.met} of {section.scored}" if section.scored else "None counted",
        "before": f"{before.met} of {before.scored}" if before.scored else "None counted",
    }  # fmt: skip


def _figure(line: Line) -> dict[str, Any]:
    step, percent = line.figure.step, line.share.percent if line.share else None
    return {"label": step.label, "among": step.among, "percent": percent, "count": line.count}


def _years(page: EvaluationPage, now: Evaluation) -> Mapping[str, Any]:
    """Each counted criterion by year group; hidden where it is hidden on the page."""
    groups = sorted({one.year_group for one in now.judged if one.year_group in YEAR_GROUPS})
    lines = [line for section in page.sections for line in section.criteria if line.years]
    rows = [
        {"label": line.label, "cells": _cells({one.group: one.text for one in line.years}, groups)} for line in lines
    ]
    return {"year_groups": groups, "by_year": rows, "years_found": "Each criterion by year group"}


def _cells(texts: Mapping[int, str], groups: Iterable[int]) -> list[str]:
    return [texts.get(group, "–") for group in groups]


def _line(line: Any) -> dict[str, Any]:
    return {
        "on": line.activity.starts_on, "title": line.activity.title, "kind": line.kind, "attended": line.attended,
        "state": STATES[line.state],
    }  # fmt: skip

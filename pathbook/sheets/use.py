"""The three questions on one sheet of paper: every figure with its count and trend; small numbers hidden from governors."""

from datetime import date
from typing import Any

from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer
from pathbook.reports.heard import Point
from pathbook.reports.three_questions import Line, Question, three_questions
from pathbook.sheets.typeset import pdf

TERMS_SHOWN = 4


def use_sheet(viewer: Viewer, school: Institution, *, on: date) -> bytes:
    shown = three_questions(viewer, school, as_of=on)
    said = {
        "title": "Recorded, within reach, used?", "headline": shown.headline,
        "school": school.name, "by": viewer.name, "named": shown.named, "gap": f"{shown.gap.sentence}.",
        "heard": [_heard(point) for point in shown.heard], "clicks": shown.clicks.sentence, "counted_on": shown.clicks.counted_on,
        "questions": [_question(one) for one in shown.questions],
    }  # fmt: skip
    return pdf("use", said, on=on)


def _question(question: Question) -> dict[str, Any]:
    terms = [term for term, _ in question.lines[0].trend][-TERMS_SHOWN:]
    return {
        "number": question.number, "asked": question.asked, "answer": question.answer, "terms": terms,
        "lines": [_line(line, len(terms)) for line in question.lines],
        "roles": ", ".join(f"{line.figure.label} {line.count}" for line in question.roles),
        "missing": [{"label": one.label, "words": one.words} for one in question.not_recorded],
    }  # fmt: skip


def _heard(point: Point) -> str:
    said = [f"{whom} {share.percent}%" for whom, share in point.said if share]
    return f"{point.label}: {', '.join(said)}"


def _line(line: Line, terms: int) -> dict[str, Any]:
    was = ["–" if share is None or share.percent is None else f"{share.percent}%" for _, share in line.trend]
    weakest = ", ".join(f"{name} {share.percent}%" for name, share in line.weakest)
    return {
        "label": line.figure.label, "among": line.figure.among, "count": line.count,
        "percent": line.share.percent if line.share else None, "was": was[-terms:], "weakest": weakest,
    }  # fmt: skip

"""What the preview page shows, worked out before the template is reached."""

from dataclasses import dataclass

from pathbook.exchange.roll.entry import DateQuestion, RollFile
from pathbook.exchange.roll.plan import CHANGED, LEAVING, NEW, SAME, Plan, Step
from pathbook.exchange.roll.problem import Problem

MOST = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One student in a list of the preview."""

    name: str
    group: str
    said: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the lists: new, changed, leaving."""

    id: str
    words: str
    count: int
    lines: tuple[Line, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A row that may be somebody known."""

    line: int
    name: str
    detail: str
    known: str
    why: str


@dataclass(frozen=True, slots=True)
class Preview:
    """Everything the page says."""

    sentence: str
    kinds: tuple[Kind, ...]
    problems: tuple[Problem, ...]
    more_problems: int
    errors: int
    warnings: int
    asked: tuple[Asked, ...]
    ignored: tuple[str, ...]
    dropped: tuple[str, ...]
    fingerprint: str
    usable: bool
    changes: bool


@dataclass(frozen=True, slots=True)
class DatesAsked:
    """The question of day and month, with the two readings of one of its cells."""

    column: str
    example: str
    day_first: str
    month_first: str


def preview_of(file: RollFile, plan: Plan) -> Preview:
    """The plan in words."""
    waiting = {question.line for question in plan.questions}
    errors = plan.left_out - len(waiting)
    counts = [f"{plan.count(SAME):,} same", f"{plan.count(NEW):,} new", f"{plan.count(CHANGED):,} changed"]
    if plan.count(LEAVING):
        counts.append(f"{plan.count(LEAVING):,} leaving")
    if waiting:
        counts.append(f"{len(waiting):,} to confirm")
    counts.append(f"{errors:,} row{'' if errors == 1 else 's'} with a problem")
    problems = [p for p in plan.problems if not (p.is_error and p.line in waiting)]
    problems.sort(key=lambda p: (not p.is_error, p.line))
    return Preview(
        sentence=", ".join(counts), kinds=tuple(_kind(plan, *named) for named in NAMED if plan.count(named[0])),
        problems=tuple(problems[:MOST]), more_problems=max(0, len(problems) - MOST), errors=errors,
        warnings=sum(not p.is_error for p in problems), asked=tuple(_asked(plan)), ignored=file.ignored,
        dropped=file.dropped, fingerprint=plan.fingerprint, usable=any(step.entry for step in plan.steps),
        changes=any(step.kind != SAME for step in plan.steps),
    )  # fmt: skip


NAMED = ((NEW, "new"), (CHANGED, "changed"), (LEAVING, "leaving"))


def _kind(plan: Plan, kind: str, words: str) -> Kind:
    steps = plan.of_kind(kind)
    lines = tuple(_line(step) for step in steps[:MOST])
    return Kind(kind, words, len(steps), lines, max(0, len(steps) - MOST))


def _line(step: Step) -> Line:
    name = step.entry.name if step.entry else step.known.name if step.known else ""
    group = (step.entry.tutor_group or f"Year {step.entry.year_group}") if step.entry and step.entry.year_group else ""
    return Line(name, group, tuple(step.said))


def _asked(plan: Plan) -> list[Asked]:
    found = []
    for question in plan.questions:
        row, known = question.row, question.match.student
        born = f", born {row.date_of_birth:%-d %b %Y}" if row.date_of_birth else ""
        was = known.student["date_of_birth"] if known else None
        named = f"{known.name}{f', born {was:%-d %b %Y}' if was else ''}" if known else ""
        found.append(Asked(question.line, row.name, f"Year {row.year_group}{born}", named, question.match.why))
    return found


def dates_asked(question: DateQuestion) -> DatesAsked:
    """Both readings, spelt out."""
    months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    parts = [int(part) for part in "".join(c if c.isdigit() else " " for c in question.example).split()]
    first, second, year = parts[:3]
    return DatesAsked(
        question.column,
        question.example,
        f"{first} {months[second - 1]} {year}",
        f"{second} {months[first - 1]} {year}",
    )

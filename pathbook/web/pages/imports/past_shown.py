"""What the preview of past activities shows, worked out before the template is reached."""

from dataclasses import dataclass
from datetime import date

from pathbook.exchange.programme.apply import Plan
from pathbook.exchange.programme.found import ActivityRead, ProgrammeFile
from pathbook.exchange.roll.entry import DateQuestion
from pathbook.exchange.roll.problem import Problem
from pathbook.framework import kinds
from pathbook.web.pages.imports.shown import MOST, DatesAsked, dates_asked


@dataclass(frozen=True, slots=True)
class PastLine:
    """One activity of the file. `missing` when its kind has a checklist, which no file can complete."""

    title: str
    on: date
    kind: str
    label: str
    guessed: bool
    first: bool
    attended: int
    others: int
    missing: bool


@dataclass(frozen=True, slots=True)
class PastPreview:
    """Everything the page says."""

    shape: str
    sentence: str
    lines: tuple[PastLine, ...]
    problems: tuple[Problem, ...]
    more_problems: int
    left_out: int
    guessed: int
    checklists: int
    changes: bool


def preview_of(file: ProgrammeFile, plan: Plan) -> PastPreview:
    """The plan in words; a title is asked for its kind once."""
    counts, seen = plan.counts(), set[str]()
    lines = []
    for activity in sorted(file.activities.values(), key=lambda a: (a.on, a.title)):
        lines.append(_line(activity, activity.title.casefold() not in seen))
        seen.add(activity.title.casefold())
    said = [
        _counted(counts["activities"], "new activity", "new activities"),
        _counted(counts["new"] - counts["meetings"], "new attendance", "new attendances"),
        _counted(counts["meetings"], "guidance meeting", "guidance meetings"),
        _counted(counts["changed"], "changed", "changed"),
        _counted(counts["same"], "already here", "already here"),
        _counted(file.left_out, "row left out", "rows left out"),
    ]
    return PastPreview(
        shape=str(file.shape), sentence=", ".join(part for part in said if not part.startswith("0 ")) or "Nothing",
        lines=tuple(lines), problems=tuple(file.problems[:MOST]), more_problems=max(0, len(file.problems) - MOST),
        left_out=file.left_out, guessed=sum(line.guessed and line.first for line in lines),
        checklists=sum(line.missing for line in lines),
        changes=bool(counts["activities"] or counts["new"] or counts["changed"]),
    )  # fmt: skip


def _counted(count: int, one: str, more: str) -> str:
    return f"{count:,} {one if count == 1 else more}"


def _line(activity: ActivityRead, first: bool) -> PastLine:
    attended = sum(status == "attended" for status, _ in activity.parts.values())
    return PastLine(
        activity.title, activity.on, activity.kind, kinds.KINDS[activity.kind].label, activity.guessed, first, attended,
        len(activity.parts) - attended, bool(kinds.checklist_for(activity.kind)),
    )  # fmt: skip


def dates_of(example: str) -> DatesAsked:
    """Both readings of a date that could be either."""
    return dates_asked(DateQuestion("the date", example))

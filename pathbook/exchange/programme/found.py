"""What a file of activities, attendance or meetings would record, before anything is written."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from pathbook.exchange.programme.columns import Shape
from pathbook.exchange.roll.problem import Problem
from pathbook.framework import kinds


@dataclass
class ActivityRead:
    """One activity, with each student's status and hours. Its kind is a guess unless the file named it."""

    title: str
    on: date
    kind: str
    guessed: bool
    provider: str = ""
    subject: str = ""
    parts: dict[int, tuple[str, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MeetingRead:
    student: int
    on: date
    adviser: str
    level: int | None
    minutes: int | None
    summary: str


@dataclass
class ProgrammeFile:
    """What the file would record. `question` is set when its dates could be read two ways."""

    name: str
    shape: Shape
    activities: dict[tuple[str, date], ActivityRead] = field(default_factory=dict)
    meetings: list[MeetingRead] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    rows: int = 0
    question: str = ""

    def say_kind(self, title: str, kind: str) -> None:
        """A person's word on what the activities of this title were."""
        for activity in self.activities.values():
            if activity.title.casefold() == title.casefold():
                activity.kind, activity.guessed = kind, False

    @property
    def left_out(self) -> int:
        return len({problem.line for problem in self.problems if problem.is_error})


def notes_of(file: ProgrammeFile) -> Iterable[str]:
    """What a person should know before confirming."""
    guessed = sorted({(a.title, kinds.KINDS[a.kind].label) for a in file.activities.values() if a.guessed})
    if guessed:
        few = "; ".join(f"{title} as {label}" for title, label in guessed[:8])
        yield f"Kinds guessed from their names, to check afterwards: {few}{' and more' if len(guessed) > 8 else ''}."
    if any(kinds.checklist_for(a.kind) for a in file.activities.values()):
        yield "No checklist comes from a file, so these count under the 2025 benchmarks once you complete theirs."

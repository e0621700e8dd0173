"""The figures of use: what each is called, what it is a share of, and what counts."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from pathbook.framework import kinds
from pathbook.framework.loop import STEPS, Step
from pathbook.framework.shares import Share
from pathbook.framework.use import counting
from pathbook.framework.use.counting import Count, share_of
from pathbook.framework.use.facts import DAYS_LATELY, UseFacts

ANYTHING, GUIDANCE, ASPIRATION, INTENTION, OPENED = "any", "guidance_meeting", "aspiration", "intention", "opened"
LATELY = f"signed in within the last {DAYS_LATELY} days"
TRAINED = "came to a training session within 24 months"
CHOOSING = frozenset({11, 13})  # the year groups that say what they mean to do next


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: `among` says what it is a share of, `means` when one of them counts."""

    id: str
    label: str
    among: str
    means: str
    count: Count
    more_is_worse: bool = False

    @property
    def asks(self) -> str:
        """Which list of the answer it stands in: record, reach, use or loop."""
        return self.id.split(".")[0]

    def share(self, facts: UseFacts, day: date) -> Share:
        return share_of(self.count(facts, day))


def of_students(id: str, label: str, means: str, what: str, years: frozenset[int] = frozenset()) -> Figure:
    among = f"students in Years {' and '.join(map(str, sorted(years)))}" if years else "students on the roll"
    return Figure(id, label, among, means, partial(counting.students, what, years))


def _of_kind(kind: kinds.Kind) -> Figure:
    means = f"attended one this academic year: {kind.label.lower()}"
    return of_students(f"record.{kind.code}", kind.label, means, kind.code)


def _of_meetings(step: Step, means: str) -> Figure:
    return Figure(step.id, step.label, step.among, means, partial(counting.meetings, step))


STEP = {step.id: step for step in STEPS}
RECORD = (
    of_students("record.any", "Anything they did", "attended at least one activity this academic year", ANYTHING),
    *(_of_kind(kind) for kind in kinds.KINDS.values() if kind.code != "other"),
    of_students("record.guidance_meeting", "A guidance meeting", "a meeting was held this academic year", GUIDANCE),
    of_students("record.aspiration", "What they hope for", "said this academic year", ASPIRATION),
    of_students("record.intention", "What they mean to do next", "recorded this academic year", INTENTION, CHOOSING),
)  # fmt: skip
REACH = (
    Figure(
        "reach.accounts", "Staff with an account", "staff known to Pathbook", "holds a role today", counting.accounts
    ),
    Figure("reach.signed_in", "Signed in lately", "staff with an account", LATELY, counting.signed_in),
    Figure("reach.training", "Staff trained", "staff known to Pathbook", TRAINED, counting.trained),
)
USE = (
    _of_meetings(STEP["use.read14"], "a form tutor of the student opened the record within 14 days of the meeting"),
    of_students("use.opened_own", "Opened their own record", "opened it themselves this academic year", OPENED),
    Figure(
        "use.overdue", "Overdue actions", "actions open", "due before the day", counting.overdue, more_is_worse=True
    ),
    Figure(
        "use.confirmed",
        "Confirmed by the student",
        "meetings with an action agreed",
        "the student said that what was agreed happened",
        counting.confirmed,
    ),
    Figure(
        "use.observed",
        "Seen in books and lessons",
        "things looked for in rounds of monitoring this academic year",
        "it was seen, not partly",
        counting.observed,
    ),
)
LOOP = (
    _of_meetings(STEP["loop.summary"], "the shared summary is written"),
    _of_meetings(STEP["loop.agreed"], "at least one action was agreed"),
    _of_meetings(STEP["loop.closed"], "at least one of its actions was closed as done"),
    _of_meetings(STEP["loop.proved"], "at least one of those has its evidence linked"),
)
FIGURES = (*RECORD, *REACH, *USE, *LOOP)


def of_role(role: str, label: str) -> Figure:
    """Accounts that hold one role, and how many of them signed in lately."""
    counted = partial(counting.role_signed_in, role)
    return Figure(f"reach.signed_in.{role}", label, "accounts with this role", LATELY, counted)

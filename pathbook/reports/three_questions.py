"""The three questions on one page: do we record it, can staff get hold of it, is it used; and what to do next for each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pathbook.framework.shares import HIDDEN, Share, hide_small_share, small_rows
from pathbook.framework.use.counting import by_group
from pathbook.framework.use.facts import UseFacts
from pathbook.framework.use.figures import Figure
from pathbook.framework.use.over_time import funnel
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer
from pathbook.reports.charts.bars import Bar, bars
from pathbook.reports.charts.draw import Chart
from pathbook.reports.gap import GapSaid, gap_said
from pathbook.reports.gap_over_time import gaps_on
from pathbook.reports.heard import Point, heard_on
from pathbook.reports.loop import COUNTED_IN
from pathbook.reports.measured import Clicks, clicks_to_guidance
from pathbook.reports.next_of_use import Next, next_for
from pathbook.reports.not_recorded import NOT_RECORDED, NotRecorded
from pathbook.reports.use import Counted, counted_of, use_facts

WEAKEST = 3
OF_A_ROLE = "reach.signed_in."
ACTED_ON = "Acted on"


@dataclass(frozen=True, slots=True)
class Line:
    """One figure as it is shown: `count` and each term in words, the weakest groups, and the next thing to do."""

    figure: Figure
    share: Share | None
    count: str
    trend: tuple[tuple[str, Share | None], ...]
    weakest: tuple[tuple[str, Share], ...]
    next: Next | None

    @property
    def terms(self) -> tuple[tuple[str, str], ...]:
        return tuple((term, HIDDEN if share is None else str(share)) for term, share in self.trend)


@dataclass(frozen=True, slots=True)
class Question:
    """One of the three: asked, answered in a sentence, its figures, and what is not recorded yet."""

    number: int
    asked: str
    answer: str
    lines: tuple[Line, ...]
    not_recorded: tuple[NotRecorded, ...]
    roles: tuple[Line, ...] = ()  # accounts by role, for whoever sees names: a role of one would be somebody


@dataclass(frozen=True, slots=True)
class ThreeQuestions:
    questions: tuple[Question, ...]
    funnel: Chart
    gap: GapSaid
    clicks: Clicks
    heard: tuple[Point, ...]
    named: bool

    @property
    def headline(self) -> str:
        """The three answers in a breath."""
        any_, _, read = (question.lines[0].share for question in self.questions)
        here = next((line.share for line in self.questions[1].lines if line.figure.id == "reach.signed_in"), None)
        said = [(any_, "recorded"), (here, "of staff signed in"), (read, "read in time")]
        shown = [f"{share.percent}% {word}" for share, word in said if share and share.percent is not None]
        return ", ".join(shown) or "Nothing is recorded yet"


def three_questions(viewer: Viewer, school: Institution, *, as_of: date) -> ThreeQuestions:
    """The same number of queries whatever the number of students, and at most 20 with the page round it."""
    facts, named = use_facts(school, as_of=as_of), viewer.reaches_all
    counted = counted_of(facts, as_of)
    lines = _hidden_together({one.figure.id: _line(one, facts, as_of, viewer) for one in counted}, named)
    heard, (gap,) = heard_on(school, on=as_of), gaps_on(school, facts, [as_of])
    return ThreeQuestions(
        tuple(_question(n, *asked, lines, named, heard) for n, asked in enumerate(ASKED, start=1)),
        _funnel(facts, as_of, named), gap_said(gap, named=named), clicks_to_guidance(), heard, named,
    )  # fmt: skip


ASKED = (
    (("record",), "Do we have a system to record, track and report?", "record.any", "of students have something recorded this year"),
    (("reach",), "How can staff get hold of it?", "reach.signed_in", "of staff with an account signed in within the last 42 days"),
    (("use", "loop"), "Is the data being used?", "use.read14", "of meetings were read by the tutor within 14 days"),
)  # fmt: skip


def _question(
    number: int,
    lists: tuple[str, ...],
    asked: str,
    leads: str,
    of_what: str,
    lines: Mapping[str, Line],
    named: bool,
    heard: tuple[Point, ...],
) -> Question:
    of_it = [line for line in lines.values() if line.figure.asks in lists]
    roles = tuple(line for line in of_it if line.figure.id.startswith(OF_A_ROLE))
    share = lines[leads].share
    answer = f"{share.percent}% {of_what}" if share and share.percent is not None else "Nothing to count yet"
    missing = tuple(one for one in NOT_RECORDED if one.question == number and not _is_heard(one, heard))
    rows = tuple(line for line in of_it if line not in roles)
    return Question(number, asked, answer, rows, missing, roles if named else ())


def _is_heard(one: NotRecorded, heard: tuple[Point, ...]) -> bool:
    return any(point.agree.get(one.asks) for point in heard)


def _line(one: Counted, facts: UseFacts, as_of: date, viewer: Viewer) -> Line:
    named, figure = viewer.reaches_all, one.figure
    share = one.share if named else hide_small_share(one.share)
    trend = tuple((term, was if named else hide_small_share(was)) for term, was in one.trend)
    weakest = _weakest(figure, facts, as_of, named) if share is not None else ()
    return Line(figure, share, _said(share), trend, weakest, next_for(figure.id, viewer))


def _said(share: Share | None) -> str:
    if share is None:
        return HIDDEN
    return share.label if share.out_of else "none yet"


def _weakest(figure: Figure, facts: UseFacts, as_of: date, named: bool) -> tuple[tuple[str, Share], ...]:
    """Tutor groups; for whoever sees no names year groups, without those so small that they would tell of someone."""
    groups = by_group(figure.count(facts, as_of), wider=not named)
    groups.pop("", None)
    hidden = frozenset() if named else small_rows([(share,) for share in groups.values()])
    shown = [(name, share) for at, (name, share) in enumerate(groups.items()) if at not in hidden and share.out_of]
    short = [(name, share) for name, share in shown if share.of < share.out_of or figure.more_is_worse]
    worse = -1 if figure.more_is_worse else 1
    return tuple(sorted(short, key=lambda one: (worse * (one[1].percent or 0), one[0]))[:WEAKEST])


def _hidden_together(lines: dict[str, Line], named: bool) -> dict[str, Line]:
    """A count that is hidden is hidden as another's denominator too."""
    for id, within in COUNTED_IN.items():
        line = lines[id]
        if not named and lines[within].share is None:
            trend = tuple((term, None) for term, _ in line.trend)
            lines[id] = Line(line.figure, None, HIDDEN, trend, (), line.next)
    return lines


def _funnel(facts: UseFacts, as_of: date, named: bool) -> Chart:
    steps = funnel(facts, as_of)
    rows = [Bar(label, share if named else hide_small_share(share)) for label, share in steps]
    last = next(row.share for row in rows if row.label == ACTED_ON)
    title = (
        f"{last.percent}% of guidance meetings were acted on"
        if last and last.percent is not None
        else "From a meeting to something done"
    )
    return bars("funnel", title, "Of guidance meetings held this year", rows)

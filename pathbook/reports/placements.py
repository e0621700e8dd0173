"""Every placement of a school year on one board: where each stands, whose turn it is, and what needs somebody."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pathbook.framework import placements as rule
from pathbook.framework.years import AcademicYear
from pathbook.people import access
from pathbook.people.models import Enrolment, Institution
from pathbook.people.names import plain_name
from pathbook.people.visibility import Viewer, students_writable_by
from pathbook.records.models import Placement, PlacementForm
from pathbook.records.queries.placements import Forms, forms_of, placed, placements_of

LABELS = {rule.STUDENT: "Student", rule.EMPLOYER: "Employer", rule.PARENT: "Home", rule.SCHOOL: "School"}
LATE, WAITING = "late", "waiting"
NOT_APPROVED = tuple(code for code in rule.STATES if code not in ("approved", "under_way", "over", "done", "off"))


@dataclass(frozen=True, slots=True)
class Asked:
    """What the board is narrowed to. `state`: of framework.placements.STATES, "late", "waiting", or empty for all but called off."""

    year: AcademicYear
    state: str = ""
    q: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class FormMark:
    """One of the four forms. `tint` as the state tag has it: done, soon, late or none."""

    label: str
    tint: str
    word: str


@dataclass(frozen=True, slots=True)
class Row:
    """One placement. `todo`: what somebody must do, empty where nothing is wrong; `sendable`: whose form can be sent."""

    pk: int
    key: str
    student_id: int
    student: str
    name: str
    form: str
    host: str
    starts_on: date
    ends_on: date
    forms: tuple[FormMark, ...]
    state: str
    word: str
    late: bool
    todo: str
    sendable: str


@dataclass(frozen=True, slots=True)
class Board:
    """`counts`: of all this viewer sees in the year, by state; `late` and `failed` of them."""

    asked: Asked
    years: tuple[AcademicYear, ...]
    rows: tuple[Row, ...]
    counts: Mapping[str, int]
    late: int
    failed: int
    groups: tuple[str, ...]
    may_act: bool

    @property
    def total(self) -> int:
        return sum(n for state, n in self.counts.items() if state != "off")

    @property
    def ready(self) -> int:
        """Approved, under way, over or done."""
        return sum(self.counts.get(state, 0) for state in ("approved", "under_way", "over", "done"))

    @property
    def waiting(self) -> int:
        """Not approved yet."""
        return sum(self.counts.get(state, 0) for state in NOT_APPROVED)

    @property
    def by_state(self) -> tuple[tuple[str, str, int], ...]:
        return tuple((code, label, self.counts[code]) for code, label in rule.STATES.items() if self.counts.get(code))


def waiting_of(viewer: Viewer, school: Institution, *, on: date) -> Board:
    """This year's, without their tutor groups: two queries, one where there is no placement."""
    return _board(viewer, school, on, Asked(AcademicYear.of(on)), grouped=False)


def board_of(viewer: Viewer, school: Institution, *, on: date, asked: Asked) -> Board:
    """Four queries, whatever the number of placements."""
    return _board(viewer, school, on, asked, grouped=True)


def _board(viewer: Viewer, school: Institution, on: date, asked: Asked, *, grouped: bool) -> Board:
    mine = students_writable_by(viewer, on, access.ACTIVITIES).filter(institution=school)
    rows = list(placements_of(mine, year=asked.year))
    forms = forms_of(rows) if rows else {}
    here = _tutor_groups(rows, asked.year) if rows and grouped else {}
    lines = [row_of(one, forms.get(one.pk, {}), here.get(one.student_id, ""), on=on) for one in rows]
    counts = Counter(line.state for line in lines)
    groups = tuple(sorted({line.form for line in lines if line.form}, key=_by_year))
    failed = sum(has_failed(forms.get(one.pk, {})) for one in rows if one.called_off_at is None)
    return Board(
        asked, _years(on), tuple(line for line in lines if _is_asked_for(line, asked)), counts,
        sum(line.late for line in lines), failed, groups, viewer.may(access.PROGRAMME, access.WRITE),
    )  # fmt: skip


def _by_year(form: str) -> tuple[int, str]:
    digits = "".join(c for c in form if c.isdigit())
    return int(digits or 0), form


def _years(on: date) -> tuple[AcademicYear, ...]:
    now = AcademicYear.of(on).start
    return tuple(AcademicYear(now + n) for n in (1, 0, -1, -2))


def _is_asked_for(line: Row, asked: Asked) -> bool:
    state = _stands(line, asked.state)
    called = plain_name(f"{line.name} {line.host}")
    return (
        state
        and (not asked.group or line.form == asked.group)
        and all(w in called for w in plain_name(asked.q).split())
    )


def _stands(line: Row, state: str) -> bool:
    if state == LATE:
        return line.late
    if state == WAITING:
        return line.state in NOT_APPROVED
    return line.state == state if state else line.state != "off"


def _tutor_groups(rows: list[Placement], year: AcademicYear) -> dict[int, str]:
    known = Enrolment.objects.main().in_year(year.start).filter(student__in=[one.student_id for one in rows])
    named = known.order_by("start_date").values_list("student_id", "tutor_group__name", "year_group")
    return {pk: form or f"Year {group}" for pk, form, group in named}


def row_of(one: Placement, forms: Forms, form: str, *, on: date) -> Row:
    facts = placed(one, forms)
    state = rule.state_of(facts, on)
    feedback = forms.get(rule.FEEDBACK)
    to_send = rule.to_send(state, has_feedback=bool(feedback and feedback.answered_at))
    asked = forms.get(to_send)
    sent_on = asked.sent_at.date() if asked and asked.sent_at else None
    late = rule.is_late(facts, sent_on, on)
    host = one.host.provider.name if one.host else f"{one.named_host} (proposed)" if one.named_host else ""
    return Row(
        one.pk, one.key, one.student_id, one.student.key, one.student.name, form, host, one.starts_on, one.ends_on,
        tuple(_mark(party, forms.get(party), one) for party in rule.FORMS), state, rule.STATES[state], late,
        _todo(one, facts, state, forms), to_send,
    )  # fmt: skip


def _mark(party: str, form: PlacementForm | None, one: Placement) -> FormMark:
    label = LABELS[party]
    if party == rule.SCHOOL:
        return FormMark(label, "done" if one.approved_at else "", "Approved" if one.approved_at else "Not yet")
    if form is None or (form.sent_at is None and form.answered_at is None):
        return FormMark(label, "", "Not sent")
    if form.answered_at:
        return FormMark(label, "late" if form.yes is False else "done", "No" if form.yes is False else "Yes")
    if form.mail == PlacementForm.Mail.FAILED:
        return FormMark(label, "late", "Mail failed")
    return FormMark(label, "soon", "Reminded" if form.reminders else "Sent")


def has_failed(forms: Forms) -> bool:
    """Could a form's mail not be sent, that is still to be answered?"""
    return any(form.mail == PlacementForm.Mail.FAILED and form.answered_at is None for form in forms.values())


def _todo(one: Placement, facts: rule.Placed, state: str, forms: Forms) -> str:
    """One sentence: what is wrong, and what to do about it."""
    for form in forms.values():
        if form.mail == PlacementForm.Mail.FAILED and form.answered_at is None and state not in ("off", "done"):
            return f"The mail to {form.sent_to} could not be sent. Check the address, then send it again."
    if state == "wished":
        return "Look at the host the student proposes, and give it."
    if state == "declined":
        return "Give another host."
    if state == "refused":
        return "Speak with home: another host, or call it off."
    why = rule.blocks(facts) if state in ("school", "approved") else ()
    if why:
        return f"{why[0]} Ask the host for it, or write down what their papers say."
    return ""


WAIT_FOR = {
    "school": "for you to approve", "wished": "for you to look at the host", "find": "for a host", "student": "for the student",
    "employer": "for the employer", "declined": "for another host", "parent": "for home", "refused": "for a word with home",
}  # fmt: skip


def waits_in_words(board: Board) -> str:
    """Such as "12 wait for home, 3 for you to approve. 2 late. 1 mail could not be sent."."""
    said = [f"{board.counts[state]:,} {whom}" for state, whom in WAIT_FOR.items() if board.counts.get(state)]
    late = f" {board.late:,} late." if board.late else ""
    failed = f" {board.failed:,} with a mail that could not be sent." if board.failed else ""
    return f"Waiting: {', '.join(said)}.{late}{failed}"

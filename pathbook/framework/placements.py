"""A work placement from the first wish to the last word: which form is next, what stands in the way, what makes it count.

Nothing here is kept: a placement's state follows from what was said of it, on any day.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from pathbook.framework.in_words import day_in_words

STUDENT, EMPLOYER, PARENT, SCHOOL, FEEDBACK = "student", "employer", "parent", "school", "feedback"
FORMS = (STUDENT, EMPLOYER, PARENT, SCHOOL)  # the four before it begins, in their order
STATES = {
    "find": "No host yet",
    "wished": "Host named by the student",
    "student": "Waiting for the student",
    "employer": "Waiting for the employer",
    "declined": "The employer has said no",
    "parent": "Waiting for home",
    "refused": "Home has said no",
    "school": "To approve",
    "approved": "Approved",
    "under_way": "Under way",
    "over": "Over: did it take place?",
    "done": "Done",
    "off": "Called off",
}
REMIND_AFTER = (7, 14)  # days after a form was sent
LINK_LASTS = timedelta(days=30)
SOON = timedelta(days=28)  # a placement this near and not approved is late
INSURANCE_SOON = timedelta(days=42)  # how long before its end a host's insurance is worth asking about


@dataclass(frozen=True, slots=True)
class Host:
    """What a host has stated of itself; None and False where it has not."""

    insured_until: date | None = None
    risk_assessed_on: date | None = None
    safeguarding: bool = False
    keeps_data: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """One placement as far as the rule needs it. `employer`, `home`: yes or no, None until they have answered."""

    first_day: date
    last_day: date
    named: bool = False
    host: Host | None = None
    student: bool = False
    employer: bool | None = None
    home: bool | None = None
    approved: bool = False
    took_place: bool = False
    called_off: bool = False


def state_of(one: Placed, on: date) -> str:
    """A key of STATES: the first thing that is not yet so."""
    not_yet = {
        "off": one.called_off, "done": one.took_place, "wished": one.host is None and one.named,
        "find": one.host is None, "student": not one.student, "employer": one.employer is None,
        "declined": one.employer is False, "parent": one.home is None, "refused": one.home is False,
        "school": not one.approved, "approved": on < one.first_day, "under_way": on <= one.last_day,
    }  # fmt: skip
    return next((state for state, true in not_yet.items() if true), "over")


def blocks(one: Placed) -> tuple[str, ...]:
    """What stands in the way of approving it, a sentence each; nothing when the school may approve."""
    if one.host is None:
        return ("There is no host yet.",)
    said = {
        "The student has not said what they want to learn.": not one.student,
        "The employer has not answered.": one.employer is None,
        "The employer has said no.": one.employer is False,
        _uninsured(one.host, one.last_day): True,
        "There is no risk assessment.": one.host.risk_assessed_on is None,
        "The host has not agreed to the safeguarding statement.": not one.host.safeguarding,
        "The host has not agreed to keep the student's data safe.": not one.host.keeps_data,
        "Home has not answered.": one.home is None,
        "Home has said no.": one.home is False,
    }  # fmt: skip
    return tuple(sentence for sentence, true in said.items() if true and sentence)


def _uninsured(host: Host, last_day: date) -> str:
    """Why its insurance does not cover the last day; empty when it does."""
    if host.insured_until is None:
        return "The host has not said until when its employers' liability insurance lasts."
    if host.insured_until >= last_day:
        return ""
    ends, last = day_in_words(host.insured_until), day_in_words(last_day)
    return f"The host's insurance ends on {ends}, before the last day, {last}."


def to_send(state: str, has_feedback: bool = False) -> str:
    """Whose form can be sent in this state; empty where it is the school's turn or nobody's."""
    if state in ("under_way", "over", "done"):
        return "" if has_feedback else FEEDBACK
    return state if state in (STUDENT, EMPLOYER, PARENT) else STUDENT if state == "find" else ""


def is_late(one: Placed, sent_on: date | None, on: date) -> bool:
    """Is it not approved though it begins within four weeks, or waits for a form sent over two weeks ago?

    `sent_on`: when the form it waits for was sent, None where none was.
    """
    state = state_of(one, on)
    if state == "over":
        return True
    if state in ("off", "done", "approved", "under_way"):
        return False
    waited = sent_on is not None and on - sent_on > timedelta(days=REMIND_AFTER[-1])
    return waited or one.first_day - on <= SOON


def reminder_due(sent_on: date, reminded: int, on: date) -> bool:
    """Is the next of the stated reminders due? `reminded`: how many went out since it was sent."""
    return reminded < len(REMIND_AFTER) and on - sent_on >= timedelta(days=REMIND_AFTER[reminded])


@dataclass(frozen=True, slots=True)
class Shown:
    """What is there to show that a placement was meaningful. `vouched`: items of the checklist the employer ticked."""

    aim: bool = False
    tasks: bool = False
    vouched: frozenset[str] = frozenset()
    feedback: bool = False
    journal: int = 0
    reflection: bool = False


def items_shown(said: Shown) -> tuple[str, ...]:
    """Items of the checklist of a workplace experience (Benchmark 6) that are shown, by id.

    Journal and reflection together show the last; the employer vouches for the three only they can know.
    """
    shown = {
        "GB6-1": said.tasks and said.aim, "GB6-2": said.aim, "GB6-3": "GB6-3" in said.vouched,
        "GB6-4": "GB6-4" in said.vouched, "GB6-5": "GB6-5" in said.vouched, "GB6-6": said.feedback,
        "GB6-7": said.journal > 0 and said.reflection,
    }  # fmt: skip
    return tuple(item for item, true in shown.items() if true)


def still_to_show(said: Shown) -> tuple[str, ...]:
    """What is missing until it counts as meaningful, a sentence each, for whoever can still give it."""
    employers = [item for item in ("GB6-3", "GB6-4", "GB6-5") if item not in said.vouched]
    missing = {
        "The student has not said what they want to learn.": not said.aim,
        "The employer has not said what the student would do.": not said.tasks,
        "The employer has given no feedback.": not said.feedback,
        "The employer has not ticked all of: talked with people, met a range of people, did a task.": said.feedback
        and bool(employers),
        "The journal is empty.": said.journal == 0,
        "The student has not written what they made of it.": not said.reflection,
    }  # fmt: skip
    return tuple(sentence for sentence, true in missing.items() if true)


VOUCHED = ("GB6-3", "GB6-4", "GB6-5")  # items only the employer can know


def days_between(first_day: date, last_day: date) -> int:
    """Weekdays from one to the other, both included."""
    span = (last_day - first_day).days + 1
    return sum((first_day + timedelta(days=n)).weekday() < 5 for n in range(span))

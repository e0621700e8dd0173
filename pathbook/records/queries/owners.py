"""Which accounts each agreed action is for: what a reminder reaches. As access.OWNS says, read the other way round."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pathbook.people.accounts import students_own
from pathbook.people.models import Account, Enrolment, Institution, Place, Role, RoleHeld
from pathbook.records.models import Action, Reminder

Owner = Action.Owner
Accounts = tuple[Account, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """The accounts of one school that may own an action; tutors by tutor group, students by student."""

    tutors: Mapping[int | None, list[Account]]
    students: Mapping[int, Accounts]
    leaders: Accounts
    advisers: Accounts
    forms: Mapping[int, int | None]


def owners_of(actions: Sequence[Action], school: Institution, *, on: date) -> dict[int, Accounts]:
    """By the action's number; empty where nobody who owns it can sign in. Four queries, with advisers read along."""
    known = _known(actions, school, on)
    return {action.pk: _owners(action, known) for action in actions}


def unsent_to(school: Institution) -> tuple[Reminder, ...]:
    """Owners whose last mail could not be sent, the latest first, with their accounts read along."""
    rows = Reminder.objects.unsent().filter(institution=school, account__is_active=True)
    return tuple(rows.select_related("account").order_by("-pk"))


def _known(actions: Sequence[Action], school: Institution, on: date) -> _Known:
    students = {action.student_id for action in actions}
    enrolled = Enrolment.objects.main().current(on).filter(institution=school, student__in=students)
    forms = dict(enrolled.values_list("student_id", "tutor_group_id"))
    held = RoleHeld.objects.held_on(on).filter(institution=school, account__is_active=True)
    held = held.select_related("account").order_by("pk")
    tutors: dict[int | None, list[Account]] = defaultdict(list)
    for row in held.filter(role=Role.FORM_TUTOR, tutor_group__in=[form for form in forms.values() if form]):
        tutors[row.tutor_group_id].append(row.account)
    themselves = students_own(students, on=on)
    whole = list(held.filter(role__in=(Role.CAREERS_LEADER, Role.ADVISER), place=Place.INSTITUTION))
    leaders = tuple(row.account for row in whole if row.role == Role.CAREERS_LEADER)
    advisers = tuple(row.account for row in whole if row.role == Role.ADVISER)
    return _Known(tutors, themselves, leaders, advisers, forms)


def _owners(action: Action, known: _Known) -> Accounts:
    if action.owner == Owner.TUTOR:
        return tuple(known.tutors.get(known.forms.get(action.student_id), ()))
    if action.owner == Owner.STUDENT:
        return tuple(known.students.get(action.student_id, ()))
    if action.owner == Owner.CAREERS_LEADER:
        return known.leaders
    return _advisers(action, known) if action.owner == Owner.ADVISER else ()


def _advisers(action: Action, known: _Known) -> Accounts:
    """Whoever held the meeting; where no adviser is known, any."""
    adviser = action.meeting.adviser if action.meeting else None
    if adviser is None or adviser.account is None:
        return known.advisers
    return (adviser.account,) if adviser.account.is_active else ()

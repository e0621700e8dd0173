"""Codes printed for people to join with: made, handed over on paper, used once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.people.keys import new_key
from pathbook.people.models import Account, Institution, JoiningCode, Place, Role, RoleHeld, Student
from pathbook.people.visibility import Viewer, viewer_of

LASTS = timedelta(days=30)


class TakenError(Exception):
    """The code was used by somebody else a moment ago, or the address has an account."""


@dataclass(frozen=True, slots=True)
class Printed:
    """One slip: a name, and the code that is written down nowhere else."""

    name: str
    code: str


@transaction.atomic
def print_codes(
    people: Sequence[Student | Account], *, institution: Institution, by: Viewer, at: datetime, on: date
) -> list[Printed]:
    """A fresh code each; one printed before and not used no longer works."""
    students = [one.pk for one in people if isinstance(one, Student)]
    accounts = [one.pk for one in people if isinstance(one, Account)]
    JoiningCode.objects.filter(student__in=students, family=False, used_at=None).delete()
    JoiningCode.objects.filter(account__in=accounts, used_at=None).delete()
    slips = [Printed(one.name, new_key()) for one in people]
    JoiningCode.objects.bulk_create(
        JoiningCode(institution=institution, digest=digest(slip.code), expires_on=on + LASTS, **_whose(one))
        for one, slip in zip(people, slips, strict=True)
    )
    record.changes(by=by, at=at, of=_noted(people))
    return [Printed(slip.name, in_fours(slip.code)) for slip in slips]


def _whose(one: Student | Account) -> dict[str, Student | Account]:
    return {"student": one} if isinstance(one, Student) else {"account": one}


def _noted(people: Iterable[Student | Account]) -> list[record.Change]:
    return [
        record.Change(Verb.CREATED, "joining code", one.pk, one.pk if isinstance(one, Student) else None)
        for one in people
    ]


def as_typed(code: str) -> str:
    """Without its spaces and capitals."""
    return "".join(letter for letter in code.lower() if letter.isalnum())


def find(code: str, *, on: date) -> JoiningCode | None:
    """The code as it was typed, if it still lets somebody in."""
    known = JoiningCode.objects.filter(digest=digest(as_typed(code)), used_at=None, expires_on__gte=on)
    return known.exclude(account__is_active=False).select_related("student", "account", "institution").first()


@transaction.atomic
def use(code: JoiningCode, *, at: datetime) -> None:
    """Used up now, or TakenError: of two people with one code, one joins."""
    if not JoiningCode.objects.filter(pk=code.pk, used_at=None).update(used_at=at):
        raise TakenError("This code was used already. Ask for a new one.")


@transaction.atomic
def join(code: JoiningCode, *, email: str, at: datetime, on: date) -> Account:
    """The student's account, with the role over themselves; its password is set next."""
    if code.student is None or code.family:
        raise TypeError("only a student's own code is joined with here")
    use(code, at=at)
    account = new_account(code.student.name, email, "Use another, or ask your tutor.")
    held = RoleHeld.objects.create(
        account=account, role=Role.STUDENT, place=Place.STUDENT, institution=code.institution, student=code.student,
        starts_on=on,
    )  # fmt: skip
    joined = record.Change(
        Verb.CREATED, "role", held.pk, code.student.pk, {"role": Role.STUDENT, "account": account.pk}
    )
    record.changes(by=viewer_of(account, on), at=at, of=[joined])
    return account


def new_account(name: str, email: str, otherwise: str) -> Account:
    """One that nobody has signed in to yet; `otherwise`: what to do when the address has one."""
    address = email.lower().strip()
    if Account.objects.filter(email=address).exists():
        raise TakenError(f"That address has an account. {otherwise}")
    account = Account(email=address, name=name)
    account.set_unusable_password()
    account.save()
    return account


def in_fours(code: str) -> str:
    return " ".join(code[n : n + 4] for n in range(0, len(code), 4))


def digest(code: str) -> str:
    return salted_hmac("pathbook.joining-code", code, algorithm="sha256").hexdigest()

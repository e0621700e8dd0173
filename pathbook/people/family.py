"""Parents and carers: joining by the code on their child's sheet, and the link that lets them read until it ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.people.accounts import sign_out_everywhere
from pathbook.people.joining import LASTS, TakenError, digest, in_fours, new_account, use
from pathbook.people.keys import new_key
from pathbook.people.models import (
    Account,
    Guardian,
    GuardianLink,
    Institution,
    JoiningCode,
    Place,
    Role,
    RoleHeld,
    Student,
)
from pathbook.people.names import plain_name
from pathbook.people.visibility import Viewer, viewer_of


@dataclass(frozen=True, slots=True)
class Joins:
    """What a parent says of themselves. `email` is empty when they are signed in and add a child."""

    name: str
    relation: str
    email: str = ""


@transaction.atomic
def print_family_codes(
    students: Sequence[Student], *, institution: Institution, by: Viewer, at: datetime, on: date
) -> dict[str, str]:
    """A code by each student's key. Those printed before stay good for their month: two homes have a sheet each."""
    codes = {one.pk: new_key() for one in students}
    JoiningCode.objects.bulk_create(
        JoiningCode(
            institution=institution, student=one, family=True, digest=digest(codes[one.pk]), expires_on=on + LASTS
        )
        for one in students
    )
    made = (record.Change(Verb.CREATED, "family code", one.pk, one.pk) for one in students)
    record.changes(by=by, at=at, of=made)
    return {one.key: in_fours(codes[one.pk]) for one in students}


@transaction.atomic
def join_family(code: JoiningCode, *, joins: Joins, account: Account | None, at: datetime, on: date) -> Account:
    """Into an account of their own, or into the one they are signed in with: this child is added to it."""
    if code.student is None or not code.family:
        raise TypeError("only a code of a parents' sheet is joined with here")
    use(code, at=at)
    account = account or new_account(joins.name, joins.email, "Sign in with it first, then give the code.")
    _link(code.student, joins, account, on)
    _give_role(account, code.student, code.institution, at=at, on=on)
    return account


def _link(child: Student, joins: Joins, account: Account, on: date) -> None:
    """The guardian of this account; or one on record by that name for this child; or a new one. What the school ended
    stays ended, whatever code is held."""
    guardian = Guardian.objects.filter(account=account).first() or _on_record(child, joins.name) or Guardian()
    guardian.account = account
    guardian.name, guardian.email = guardian.name or joins.name, guardian.email or account.email
    guardian.save()
    link = GuardianLink.objects.filter(guardian=guardian, student=child).order_by("-pk").first()
    if link is None:
        GuardianLink.objects.create(guardian=guardian, student=child, relation=joins.relation, starts_on=on)
        return
    if link.ends_on and link.ends_on <= on:
        raise TakenError("The school ended this. Ask the school to let you read again; the code alone does not.")
    link.relation = link.relation or joins.relation
    link.save()


def _on_record(child: Student, name: str) -> Guardian | None:
    known = Guardian.objects.filter(links__student=child, account=None)
    return next((one for one in known.order_by("pk") if plain_name(one.name) == plain_name(name)), None)


def _give_role(
    account: Account, child: Student, school: Institution, *, at: datetime, on: date, by: Viewer | None = None
) -> None:
    """`by` nobody: the parent gives themselves what the code stands for."""
    held = {"account": account, "role": Role.PARENT, "place": Place.STUDENT, "institution": school, "student": child}
    if RoleHeld.objects.held_on(on).filter(**held).exists():
        return
    made = RoleHeld.objects.create(**held, starts_on=on)
    given = {"role": Role.PARENT, "account": account.pk}
    actor = by or viewer_of(account, on).wearing(Role.PARENT)
    record.changes(by=actor, at=at, of=[record.Change(Verb.CREATED, "role", made.pk, child.pk, given)])


@transaction.atomic
def cancel_codes(*, child: Student, by: Viewer, at: datetime) -> int:
    """No sheet handed out for this child and not used lets anybody in any more; how many there were."""
    gone, _ = JoiningCode.objects.filter(student=child, family=True, used_at=None).delete()
    if gone:
        record.changes(by=by, at=at, of=[record.Change(Verb.REMOVED, "family code", child.pk, child.pk)])
    return gone


@transaction.atomic
def end_link(*, link: GuardianLink, by: Viewer, at: datetime, on: date) -> int:
    """The link, the role over this child, and every session of theirs: the next request finds nothing. Nor does a code
    of another sheet let them in again; how many of those there were."""
    yesterday = on - timedelta(days=1)
    link.ends_on = max(link.starts_on, yesterday)
    link.save(update_fields=["ends_on"])
    account = link.guardian.account
    if account:
        roles = RoleHeld.objects.held_on(on).filter(account=account, role=Role.PARENT, student=link.student_id)
        roles.filter(starts_on__gte=on).delete()
        roles.update(ends_on=yesterday)
        sign_out_everywhere(account)
    ended = record.Change(Verb.REMOVED, "guardian link", link.pk, link.student_id)
    record.changes(by=by, at=at, of=[ended])
    return cancel_codes(child=link.student, by=by, at=at)


@transaction.atomic
def restore_link(*, link: GuardianLink, school: Institution, by: Viewer, at: datetime, on: date) -> None:
    """As it was before it was ended; they sign in again."""
    link.ends_on = None
    link.save(update_fields=["ends_on"])
    of = [record.Change(Verb.UNDONE, "guardian link", link.pk, link.student_id)]
    record.changes(by=by, at=at, of=of)
    if link.guardian.account:
        _give_role(link.guardian.account, link.student, school, by=by, at=at, on=on)

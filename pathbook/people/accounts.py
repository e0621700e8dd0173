"""Accounts, the roles they hold, and the signed links that let someone in for the first time."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import QuerySet

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.people import access, letters
from pathbook.people.models import Account, Group, Institution, Place, Role, RoleHeld, Staff, TutorGroup
from pathbook.people.visibility import Viewer

REVIEW = "access review"  # the noun of the event that says who holds what was looked through
SALT = "pathbook.sign-in-link"
OUTSIDE = (Role.GOVERNOR, Role.TRUST_LEAD)  # hold a role, and are not of the school's staff
LINK_LASTS = 14 * 24 * 60 * 60  # seconds: a fortnight, long enough for a demo and a first invitation

GIVEN = """{by} gave {who} the role of {role} in Pathbook. It opens records of students.

If nobody meant that, end it on the page Staff and roles.
"""


class LastLeaderError(Exception):
    """Taking this role away would leave nobody able to give it back."""


class OtherSchoolError(Exception):
    """The address is somebody's who holds roles at another school in this database."""


class OneselfError(Exception):
    """Nobody opens students' records to themselves, nor becomes the officer whom their own reading is told to."""


def accounts_kept_by(viewer: Viewer) -> QuerySet[Account]:
    """Staff of their school. Of students and parents only for who knows students by name: their account names them."""
    return Account.objects.filter(pk__in=_of_their_school(viewer).values("account"))


def staff_roles_kept_by(viewer: Viewer, *, on: date) -> QuerySet[RoleHeld]:
    """A parent's ends with their link, a student's with their account (people.family, set_active): never by itself."""
    return RoleHeld.objects.held_on(on).filter(institution=viewer.school).exclude(role__in=access.FAMILY)


def _of_their_school(viewer: Viewer) -> QuerySet[RoleHeld]:
    held = RoleHeld.objects.filter(institution=viewer.school)
    return held if viewer.may(access.IDENTITY) else held.exclude(role__in=access.FAMILY)


@transaction.atomic
def invite(
    *, name: str, email: str, role: Role, institution: Institution, by: Viewer, at: datetime,
    on: date, tutor_group: TutorGroup | None = None, year_group: int | None = None, until: date | None = None,
    level: int | None = None, taught: Group | None = None,
) -> Account:  # fmt: skip
    """Make (or find) the account and give it one role from today; it has no password until its owner sets one.

    `until`: its last day, if it ends by itself. `level`: of an adviser's careers qualification.
    A role held already is not given twice, but takes the new end: inviting again is how a lost link is replaced.
    """
    account, made = Account.objects.get_or_create(email=email.lower().strip(), defaults={"name": name.strip()})
    if made:
        account.set_unusable_password()
        account.save(update_fields=["password"])
    if RoleHeld.objects.filter(account=account).exclude(institution=institution).exists():
        raise OtherSchoolError("That address belongs to someone at another school. Give their address at this one.")
    if account.pk == by.account_id and not _may_take(by, role):
        raise OneselfError(
            "Nobody gives this role to themselves. Ask a careers leader or the administrator to give it."
        )
    places = {Place.TUTOR_GROUP: tutor_group, Place.YEAR_GROUP: year_group, Place.GROUP: taught}
    place = next((place for place, over in places.items() if over), Place.INSTITUTION)
    what = {"role": role, "place": place, "tutor_group": tutor_group, "year_group": year_group, "group": taught}
    if role not in OUTSIDE:
        _put_into_the_staff_list(account, institution, level, on)
    held = RoleHeld.objects.held_on(on).filter(account=account, institution=institution, **what).first()
    verb = Verb.CHANGED if held else Verb.CREATED
    if held and until in (None, held.ends_on):
        return account
    held = held or RoleHeld(account=account, institution=institution, starts_on=on, **what)
    held.ends_on = until
    held.save()
    given = {"role": role, "place": place, "account": account.pk} | ({"until": until.isoformat()} if until else {})
    record.changes(by=by, at=at, of=[record.Change(verb, "role", held.pk, detail=given)])
    return account


def tell_the_leaders(account: Account, role: str, school: Institution, *, by: Viewer, on: date) -> None:
    """Whoever keeps accounts and sees no student cannot open the records to somebody unnoticed, where mail is set up."""
    if not settings.EMAIL_HOST or by.may(access.IDENTITY) or not access.allows(role, access.IDENTITY):
        return
    said = GIVEN.format(by=by.name, who=account.name, role=Role(role).label.lower())
    letters.send(letters.addresses(school, Role.CAREERS_LEADER, on=on), "A role was given in Pathbook", said)


def _may_take(by: Viewer, role: Role) -> bool:
    """Who reaches every student anyway may be adviser or tutor as well; whoever keeps the accounts alone may not."""
    return by.reaches_all and role != Role.DPO


def _put_into_the_staff_list(account: Account, school: Institution, level: int | None, on: date) -> None:
    """Slots, owners of activities and training are of staff: without a row there an adviser could offer no meeting."""
    said = {"institution": school, "name": account.name, "email": account.email, "starts_on": on}
    someone, _ = Staff.objects.get_or_create(account=account, defaults=said)
    Staff.objects.filter(pk=someone.pk).update(ends_on=None, **({"level": level} if level else {}))


@transaction.atomic
def end_role(*, held: RoleHeld, by: Viewer, at: datetime, on: date) -> None:
    """End a role the day before; the last careers leader cannot be ended."""
    others = RoleHeld.objects.held_on(on).filter(
        role=Role.CAREERS_LEADER, institution=held.institution, account__is_active=True
    )
    if held.role == Role.CAREERS_LEADER and not others.exclude(pk=held.pk).exists():
        raise LastLeaderError("This is the last careers leader. Give someone else the role first.")
    held_id = held.pk
    ended = {
        "role": held.role,
        "place": held.place,
        "account": held.account_id,
        "since": held.starts_on.isoformat(),
    }
    if held.starts_on < on:
        RoleHeld.objects.filter(pk=held.pk).update(ends_on=on - timedelta(days=1))
    else:
        held.delete()
    _leave_the_staff_list(held, on)
    record.changes(by=by, at=at, of=[record.Change(Verb.REMOVED, "role", held_id, detail=ended)])


def _leave_the_staff_list(held: RoleHeld, on: date) -> None:
    """With the last of their roles: nobody is booked with them any more."""
    others = RoleHeld.objects.held_on(on).filter(account=held.account_id)
    if others.exclude(role__in=(*access.FAMILY, *OUTSIDE)).exists():
        return
    for one in Staff.objects.filter(account=held.account_id):
        one.ends_on = on - timedelta(days=1)
        one.starts_on = min(one.starts_on or one.ends_on, one.ends_on)
        one.save(update_fields=["starts_on", "ends_on"])


@transaction.atomic
def set_active(*, account: Account, active: bool, by: Viewer, at: datetime, on: date) -> None:
    """Disable an account, which ends every session of it, or let it sign in again; the last leader's stays."""
    leads = RoleHeld.objects.held_on(on).filter(role=Role.CAREERS_LEADER, account__is_active=True)
    mine = leads.filter(account=account).values("institution")
    if not active and mine.exists() and not leads.filter(institution__in=mine).exclude(account=account).exists():
        raise LastLeaderError("This is the last careers leader. Give someone else the role first.")
    account.is_active = active
    account.save(update_fields=["is_active"])
    if not active:
        sign_out_everywhere(account)
    detail = {"before": not active, "after": active}
    record.changes(by=by, at=at, of=[record.Change(Verb.CHANGED, "account", account.pk, detail=detail)])


@transaction.atomic
def end_sessions(*, account: Account, by: Viewer, at: datetime) -> int:
    """Sign somebody out everywhere; how many places that was."""
    ended = sign_out_everywhere(account)
    record.changes(by=by, at=at, of=[record.Change(Verb.REMOVED, "sessions", account.pk, detail={"sessions": ended})])
    return ended


@transaction.atomic
def forget_second_step(*, account: Account, by: Viewer, at: datetime) -> None:
    """Take away every app, passkey and recovery code: their owner, and nobody else, sets up new ones."""
    Authenticator.objects.filter(user=account).delete()
    sign_out_everywhere(account)
    record.changes(by=by, at=at, of=[record.Change(Verb.REMOVED, "second step", account.pk)])


@transaction.atomic
def note_sign_in(*, by: Viewer, at: datetime, how: str) -> None:
    """Somebody signed in: with a password, a link, a code, a passkey or the school's own sign-on."""
    record.changes(by=by, at=at, of=[record.Change(Verb.SIGNED_IN, "account", by.account_id, detail={"with": how})])


@transaction.atomic
def note_reset(*, account: Account, by: Viewer, at: datetime) -> None:
    """A link to choose a new password was sent to its owner because somebody else asked for it."""
    record.changes(by=by, at=at, of=[record.Change(Verb.CREATED, "password reset", account.pk)])


def sign_out_everywhere(account: Account) -> int:
    """Without a note of its own: whoever asks for it notes why."""
    known = list(UserSession.objects.filter(user=account))
    for one in known:
        one.end()
    return len(known)


@transaction.atomic
def note_review(*, institution: Institution, roles: int, by: Viewer, at: datetime) -> None:
    """Somebody looked through who holds which role; kept as an event."""
    of = record.Change(Verb.CREATED, REVIEW, institution.pk, detail={"roles": roles})
    record.changes(by=by, at=at, of=[of])


def link_token(account: Account) -> str:
    """A signed token that signs this account in; it dies when the password changes or the account is disabled."""
    return signing.dumps([account.pk, account.password[-12:]], salt=SALT, compress=True)


def account_of_token(token: str) -> Account | None:
    """The account a link was made for, or None when it is spoiled, too old, or overtaken."""
    try:
        pk, password = signing.loads(token, salt=SALT, max_age=LINK_LASTS)
    except signing.BadSignature:
        return None
    account = Account.objects.filter(pk=pk, is_active=True).first()
    return account if account and account.password[-12:] == password else None


def students_own(students: Collection[int], *, on: date) -> Mapping[int, tuple[Account, ...]]:
    """The accounts students sign in with that day, by student: none whose role is over. One query."""
    held = RoleHeld.objects.held_on(on).filter(role=Role.STUDENT, place=Place.STUDENT, student__in=students)
    found: dict[int, tuple[Account, ...]] = {}
    for row in held.filter(account__is_active=True).select_related("account").order_by("account"):
        if row.student_id:
            found[row.student_id] = (*found.get(row.student_id, ()), row.account)
    return found

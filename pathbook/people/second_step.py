"""Something besides a password: an authenticator app or a passkey. Who has one, and who has yet to set one up."""

from datetime import date

from allauth.mfa.models import Authenticator

from pathbook.people.access import FAMILY
from pathbook.people.models import Institution, RoleHeld

KINDS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_one(account_id: int | None) -> bool:
    """Recovery codes alone are none: they stand in for one that is lost."""
    return Authenticator.objects.filter(user=account_id, type__in=KINDS).exists()


def staff_without(school: Institution, *, on: date) -> int:
    """How many staff who may sign in that day have none, so that a password alone, or single sign-on, lets them in."""
    staff = RoleHeld.objects.held_on(on).filter(institution=school, account__is_active=True).exclude(role__in=FAMILY)
    have = Authenticator.objects.filter(type__in=KINDS).values("user")
    return staff.exclude(account__in=have).values("account").distinct().count()

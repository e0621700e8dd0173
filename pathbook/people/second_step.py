"""Something besides a password: an authenticator app or a passkey. Who has one, and who has yet to set one up."""

from allauth.mfa.models import Authenticator

KINDS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_one(account_id: int | None) -> bool:
    """Recovery codes alone are none: they stand in for one that is lost."""
    return Authenticator.objects.filter(user=account_id, type__in=KINDS).exists()

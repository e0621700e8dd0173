"""Something besides a password: an authenticator app or a passkey. Who has one, and who has yet to set one up."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.people.models import Account
from pathbook.people.visibility import Viewer

KINDS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_one(account_id: int | None) -> bool:
    """Recovery codes alone are none: they stand in for one that is lost."""
    return Authenticator.objects.filter(user=account_id, type__in=KINDS).exists()


@transaction.atomic
def forget(*, account: Account, by: Viewer, at: datetime) -> None:
    """Take away every app, passkey and recovery code: their owner, and nobody else, sets up new ones."""
    Authenticator.objects.filter(user=account).delete()
    record.changes(by=by, at=at, of=[record.Change(Verb.REMOVED, "second step", account.pk)])

"""A code of an authenticator app is taken once, though a clock may be half a minute off either way."""

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.db import transaction


def spend(authenticator: Authenticator, code: str) -> bool:
    """Note that the code was used; False when it, or a later one, was used before. Recovery codes note it themselves.

    allauth remembers a used code for one step only, while three steps are accepted; and in memory, not on disk.
    """
    if authenticator.type != Authenticator.Type.TOTP:
        return True
    with transaction.atomic():
        row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
        step = _step_of(decrypt(row.data["secret"]), code)
        if step is None or step <= row.data.get("last_step", 0):
            return False
        row.data["last_step"] = step
        row.save(update_fields=["data"])
    return True


def _step_of(secret: str, code: str) -> int | None:
    """Which half minute the code belongs to, of those accepted now."""
    shown = "".join(code.split()).zfill(app_settings.TOTP_DIGITS)
    steps = yield_hotp_counters_from_time()
    return next((step for step in steps if format_hotp_value(hotp_value(secret, step)) == shown), None)

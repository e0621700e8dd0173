"""How allauth's machinery is told our rules: whom it lets in, what it says, where it keeps a secret."""

import base64
import secrets
import time
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse

from pathbook import clock
from pathbook.people import accounts
from pathbook.people.letters import send_soon
from pathbook.people.models import Account
from pathbook.people.second_step import KINDS
from pathbook.people.visibility import Viewer, viewer_of
from pathbook.sheets.square import square
from pathbook.web import tours
from pathbook.web.doors import first_page_of

JUST_NOW = 5 * 60  # seconds for which having signed in counts as having shown again who one is
WRONG_PAIR = "That e-mail address and password do not match. Check both and try again."
TOO_MANY = "Too many wrong tries. Wait 15 minutes, then try again, or use another way in."
SAID = {
    "mfa/messages/totp_activated.txt": "Your authenticator app is set up. You are asked for its code at each sign-in.",
    "mfa/messages/totp_deactivated.txt": "Your authenticator app is no longer asked for.",
    "mfa/messages/webauthn_added.txt": "Your passkey is set up. You can sign in with it from now on.",
    "mfa/messages/webauthn_removed.txt": "That passkey no longer works.",
}
RESET = """Somebody, probably you, asked for a new password for Pathbook.

Choose one here, within a day:
{url}

If it was not you, do nothing: your password stays as it is.
"""


class AccountAdapter(DefaultAccountAdapter):
    """Who may sign in with a password, and what is said on the way."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": WRONG_PAIR,
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
        "incorrect_password": "That is not your password. Try again.",
        "incorrect_code": "That code is wrong, too old or used already. Give the one shown now.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: accounts are made by whoever may invite."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """A disabled account is answered as a wrong password is."""
        found = super().authenticate(request, **credentials)
        return found if found and found.is_active else None

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Noted, with each thing they showed, in the same breath: a class signs in at once, and one writes at a time."""
        viewer = _first_hat(request, user)
        with transaction.atomic():
            super().login(request, user)
            shown = [one["method"] for one in get_authentication_records(request, user)]
            accounts.note_sign_in(by=viewer, at=clock.now(), how=" and ".join(shown))
        tours.is_away(request, viewer)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Straight to the page home would only send them on to: a class signs in at once."""
        return reverse(first_page_of(_first_hat(request, request.user)))

    def get_client_ip(self, request: HttpRequest) -> str:
        """Where no address is known (a local socket) all such are counted as one."""
        return super().get_client_ip(request) if request.META.get("REMOTE_ADDR") else "0.0.0.0"

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Wrong tries are counted by account alone: asking under another host name gives no fresh ten."""
        return str(credentials.get("email", "")).lower()

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not within minutes of signing in."""
        records = get_authentication_records(self.request, self.request.user)
        return not (records and time.time() - records[-1]["at"] < JUST_NOW)

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *rest: Any, **more: Any
    ) -> None:
        """Our sentences; nothing where we have none."""
        said = more.get("message") or SAID.get(message_template or "")
        if said:
            super().add_message(request, level, message=said)

    def send_password_reset_mail(self, user: AbstractBaseUser, email: str, context: dict[str, Any]) -> None:
        """Sent beside the answer, so that how long the answer takes says nothing about who has an account."""
        if user.is_active:
            send_soon([email], "A new password for Pathbook", RESET.format(url=context["password_reset_url"]))


def _first_hat(request: HttpRequest, user: object) -> Viewer:
    """In the first of their roles, as everybody signs in; read once for the whole of a sign-in."""
    account, known = cast(Account, user), getattr(request, "first_hat", None)
    if known is None or known.account_id != account.pk:
        known = viewer_of(account, clock.today()).wearing("")
        request.first_hat = known  # type: ignore[attr-defined]
    return cast(Viewer, known)


class SecondStepAdapter(DefaultMFAAdapter):
    """Secrets of authenticator apps and recovery codes are kept encrypted under the data folder's own key."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That code is wrong, too old or used already. Give the one shown now.",
        "cannot_delete_authenticator": "Your school asks for a second step. Set up another one before removing this.",
    }

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What was kept under another secret becomes one that no code fits."""
        try:
            return _box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last one stays where the school asks staff for one."""
        others = Authenticator.objects.filter(user=authenticator.user_id, type__in=KINDS).exclude(pk=authenticator.pk)
        return others.exists() or not viewer_of(authenticator.user, clock.today()).asked_for_second_step

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        """A passkey that was given no name."""
        return f"Passkey {Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1}"

    def build_totp_svg(self, url: str) -> str:
        """A square to point a phone at, to stand in the page itself."""
        return square(url)

    def _get_user_identifier(self, user: AbstractBaseUser) -> str:
        return user.email if isinstance(user, Account) else ""


def _box() -> Fernet:
    key = HKDF(SHA256(), 32, salt=None, info=b"pathbook second step").derive(settings.SECRET_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(key))

"""How long somebody stays signed in: an hour unused, half a day however much it is used, and when it was last used."""

import time

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest
from django.utils import timezone

from pathbook.people.models import Account

NOTED_EVERY = 5 * 60  # seconds: writing at each page would cost more than the answer is worth


def begin(request: HttpRequest, **_: object) -> None:
    """Whenever somebody signs in, by whatever door."""
    request.session["began"] = request.session["used"] = time.time()


def keep_this_session(request: HttpRequest, account: Account) -> None:
    """After a change of password: this one goes on under a fresh key, the others end."""
    was = request.session.session_key
    update_session_auth_hash(request, account)
    UserSession.objects.filter(session_key=was).update(session_key=request.session.session_key)


def is_over(request: HttpRequest) -> bool:
    """Has it lasted as long as any may? The hour unused is Django's own limit, moved on by `note_use`."""
    began: float = request.session.get("began", 0)
    return time.time() - began > settings.PATHBOOK_SESSION_AT_MOST


def note_use(request: HttpRequest) -> None:
    """Every few minutes: when and from where the session was last used."""
    if time.time() - request.session.get("used", 0) < NOTED_EVERY:
        return
    request.session["used"] = time.time()
    mine = UserSession.objects.filter(session_key=request.session.session_key)
    mine.update(last_seen_at=timezone.now(), ip=get_adapter(request).get_client_ip(request))

"""Where somebody is signed in, in words they know a device by: "Chrome on Windows"."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession

# What a browser says of itself -> what people call it; the first found, because most name others too
BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("CrOS", "a Chromebook"), ("Windows", "Windows"), ("iPhone", "an iPhone"), ("iPad", "an iPad"),
    ("Android", "Android"), ("Mac OS", "a Mac"), ("Linux", "Linux"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Device:
    """One place somebody is signed in. `here`: the one that asks."""

    pk: int
    words: str
    address: str
    since: datetime
    used: datetime
    here: bool


def devices_of(sessions: Sequence[UserSession], *, here: str | None) -> list[Device]:
    """The one that asks first, then the most lately used."""
    found = [
        Device(one.pk, words_of(one.user_agent), one.ip, one.created_at, one.last_seen_at, one.session_key == here)
        for one in sessions
    ]
    return sorted(found, key=lambda device: (not device.here, -device.used.timestamp()))


def words_of(user_agent: str) -> str:
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "A browser")
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "")
    return f"{browser} on {system}" if system else browser

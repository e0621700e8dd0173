"""A record from another school, as far as it can be believed: whole or refused with one sentence."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from pathbook.exchange.models import TrustedKey
from pathbook.exchange.portable.canonical import ASK, NotARecordError, parsed
from pathbook.exchange.portable.keys import PublicKey, is_signed_by
from pathbook.exchange.portable.shape import must_be_a_record
from pathbook.people.models import Institution


class Trust(StrEnum):
    """What is known of who wrote it."""

    CHECKED = "checked"  # signed with a key this school trusts, and not a letter changed since
    UNKNOWN = "unknown"  # signed, and not a letter changed since; by whom nobody here has checked
    UNSIGNED = "unsigned"  # anybody may have written it


@dataclass(frozen=True, slots=True)
class Carried:
    """One record read. `said` is as its schema says; `by` is the key it names, checked or not."""

    name: str
    said: dict[str, Any]
    trust: Trust

    @property
    def by(self) -> PublicKey:
        return PublicKey(self.school, self.said["school"]["urn"], self.said["key"])

    @property
    def school(self) -> str:
        name: str = self.said["school"]["name"]
        return name

    @property
    def is_checked(self) -> bool:
        return self.trust == Trust.CHECKED


def read_record(data: bytes, name: str, *, school: Institution, on: date) -> Carried:
    """The record, or NotARecordError. Words changed after they were signed are refused whoever asks."""
    said = parsed(data)
    must_be_a_record(said)
    if said["school"]["urn"] == school.urn:
        raise NotARecordError(f"This record was made by {school.name} itself, so everything in it is here already.")
    if not said["school"]["name"].strip():
        raise NotARecordError(f"This record does not name the school that made it. {ASK}")
    if ahead := [day for day in _days(said) if day > on.isoformat()]:
        raise NotARecordError(f"This record tells of {ahead[0]}, which is still to come. {ASK}")
    if not all(map(_holds_together, _actions(said))):
        raise NotARecordError(f"This record tells of an action that was due or closed before it was agreed. {ASK}")
    return Carried(name, said, _trust(said, school))


def _trust(said: dict[str, Any], school: Institution) -> Trust:
    if "signature" not in said:
        return Trust.UNSIGNED
    if not is_signed_by(said, said["key"]):
        raise NotARecordError(
            "This record was changed after it was signed. Do not use it: ask the school that made it to send it again."
        )
    trusted = TrustedKey.objects.filter(institution=school, key=said["key"])
    if not trusted:
        return Trust.UNKNOWN
    if said["school"]["urn"] not in {one.urn for one in trusted}:
        raise NotARecordError(f"This record names {said['school']['name']}, and is signed with the key of "
                              f"{trusted[0].school}. Do not use it: ask both schools.")  # fmt: skip
    return Trust.CHECKED


def _days(said: dict[str, Any]) -> Iterator[str]:
    """The days on which something is said to have been: none may lie ahead."""
    yield from (one["date"] for one in said["activities"])
    for one in (*said["guidance"], *_actions(said)):
        yield from (one[name] for name in ("held_on", "booked_on", "agreed_on", "closed_on") if name in one)
    yield from (one["said_on"] for one in said["aspirations"])
    yield from (one["recorded_on"] for one in said["intentions"])
    yield said["issued_at"][:10]


def _actions(said: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from said["actions"]
    for meeting in said["guidance"]:
        yield from meeting["actions"]


def _holds_together(action: dict[str, Any]) -> bool:
    """Days in their order; closed with an outcome or not at all."""
    if ("closed_on" in action) != ("outcome" in action):
        return False
    return bool(action["agreed_on"] <= min(action["due_on"], action.get("closed_on", action["due_on"])))

"""What employers were asked of an activity, and what they answered: never a student."""

from dataclasses import dataclass
from datetime import date, datetime

from pathbook.framework import kinds
from pathbook.records.actions.employers import token_of
from pathbook.records.models import Activity, EmployerForm


@dataclass(frozen=True, slots=True)
class Asked:
    """One link. `state`: waiting, answered, taken, ended or over; `token` is empty when the link shows nothing."""

    pk: int
    token: str
    sent_to: str
    expires_on: date
    state: str
    happened: bool | None
    met: int | None
    vouched: tuple[str, ...]
    comment: str
    by: str
    answered_at: datetime | None


def asked_of(activity: Activity, *, on: date) -> tuple[Asked, ...]:
    """The latest first; one query."""
    rows = EmployerForm.objects.filter(activity=activity).order_by("-pk")
    return tuple(_asked(row, activity, on) for row in rows)


def _asked(row: EmployerForm, activity: Activity, on: date) -> Asked:
    texts = {item.id: item.text for item in kinds.checklist_for(activity.kind, activity.also)}
    state = _state(row, on)
    return Asked(
        row.pk, token_of(row, activity) if state in ("waiting", "answered") else "", row.sent_to, row.expires_on, state,
        row.happened, row.met, tuple(texts[item] for item in row.items if item in texts), row.comment, row.answered_by,
        row.answered_at,
    )  # fmt: skip


def _state(row: EmployerForm, on: date) -> str:
    if row.taken_at:
        return "taken"
    if row.ended_at:
        return "ended"
    if row.answered_at:
        return "answered"
    return "over" if row.expires_on < on else "waiting"

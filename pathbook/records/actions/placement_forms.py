"""The forms of a placement: sent by mail as a signed link, reminded of, answered once, ended.

The mail says that there is a form and where; never who it is about. Nothing of it is kept but that it went or did not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.framework import placements as rule
from pathbook.framework.in_words import day_in_words
from pathbook.people.accounts import students_own
from pathbook.people.letters import send_each
from pathbook.records.models import Placement, PlacementForm
from pathbook.records.queries.consents import guardians_of
from pathbook.records.queries.placements import forms_of, placed

SALT = "pathbook.placement-form"
BY_LINK = (rule.EMPLOYER, rule.PARENT, rule.FEEDBACK)
Mail = PlacementForm.Mail
ASKS = {
    rule.STUDENT: "about your work placement: where you would like to go and what you want to learn",
    rule.EMPLOYER: "about a work placement with you",
    rule.PARENT: "whether your child may go on a work placement",
    rule.FEEDBACK: "how the work placement with you went",
}


@dataclass(frozen=True, slots=True)
class Where:
    """Addresses a mail gives: what a link begins with, and the student's own page."""

    form: str
    mine: str


@dataclass(frozen=True, slots=True)
class Sent:
    """`made` links or asks made; of those `mailed` went by mail and `failed` did not; `already`: sent that day before."""

    made: int
    mailed: int
    failed: int
    already: int


def token_of(form: PlacementForm) -> str:
    """What stands in the address: this form, as it was last issued. It can be made again and is kept nowhere."""
    return signing.dumps([form.key, form.issue], salt=SALT)


def form_of(token: str, *, on: date) -> PlacementForm | None:
    """The form, while its link is whole, not run out, not ended, not used, and still asked for.

    Of nobody who was erased; and of a home only while everybody it was sent to is still their parent or carer.
    """
    try:
        key, issue = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if not isinstance(key, str) or not isinstance(issue, int):
        return None
    rows = PlacementForm.objects.filter(key=key, issue=issue, answered_at=None, party__in=BY_LINK, expires_on__gte=on)
    rows = rows.filter(placement__called_off_at=None, placement__student__erasure=None, sent_at__isnull=False)
    found = rows.select_related("placement__student__institution", "placement__host__provider").first()
    return found if found and not _left_out(found, _addresses([found], on).get(found, [])) else None


def _left_out(form: PlacementForm, now: Sequence[str]) -> set[str]:
    """Whom a home's link went to and who is not written to any more: their link with the child ended since."""
    return set(filter(None, form.sent_to.split(", "))) - set(now) if form.party == rule.PARENT else set()


def send(
    *, placements: Sequence[Placement], where: Where, by: record.Actor, at: datetime, on: date, only_due: bool = False
) -> Sent:
    """To each whose form it is now; sent again, it is a reminder. Nobody is written to twice in a day about one form.

    `placements` with student and host. `only_due`: only those whose stated reminder day has come.
    """
    asked, already = _claim(placements, by, at, on, only_due)
    addresses = _addresses(asked, on)
    for form, to in addresses.items():  # sent again, the link that somebody else still has opens nothing
        form.issue += bool(_left_out(form, to))
    mails = {form: _mail(form, to, where) for form, to in addresses.items() if to} if settings.EMAIL_HOST else {}
    failed = set(send_each(mails))
    _keep({form: Mail.FAILED if form in failed else Mail.SENT for form in mails}, addresses)
    return Sent(len(asked), len(mails) - len(failed), len(failed), already)


@transaction.atomic
def _claim(
    placements: Sequence[Placement], by: record.Actor, at: datetime, on: date, only_due: bool
) -> tuple[list[PlacementForm], int]:
    """Before anything is sent, so that of two who press at once only one sends."""
    known, asked, already = forms_of(placements), [], 0
    for one in placements:
        forms = known.get(one.pk, {})
        feedback = forms.get(rule.FEEDBACK)
        state = rule.state_of(placed(one, forms), on)
        party = rule.to_send(state, has_feedback=bool(feedback and feedback.answered_at))
        form = forms.get(party)
        if not party or (only_due and not _due(form, on)):
            continue
        if form and form.sent_at and (form.reminded_at or form.sent_at).date() == on and form.mail != Mail.FAILED:
            already += 1
            continue
        asked.append(_issued(one, party, form, by, at, on))
    record.changes(by=by, at=at, of=[_event(Verb.CHANGED, form, sent=True) for form in asked])
    return asked, already


def _due(form: PlacementForm | None, on: date) -> bool:
    return bool(form and form.sent_at and rule.reminder_due(form.sent_at.date(), form.reminders, on))


def _issued(
    one: Placement, party: str, form: PlacementForm | None, by: record.Actor, at: datetime, on: date
) -> PlacementForm:
    until = on + rule.LINK_LASTS
    if form is None:
        form = PlacementForm(placement=one, party=party, recorded_by=by.name, recorded_at=at)
    form.placement, form.expires_on = one, until
    if form.sent_at and form.mail != Mail.FAILED:
        form.reminders, form.reminded_at = form.reminders + 1, at
    else:
        form.sent_at = at
    form.save()
    return form


def _addresses(forms: Sequence[PlacementForm], on: date) -> dict[PlacementForm, list[str]]:
    """Whom each is written to; two queries."""
    students = {form.placement.student_id for form in forms}
    homes = guardians_of(students, on=on)
    accounts = students_own(students, on=on)
    found: dict[PlacementForm, list[str]] = {}
    for form in forms:
        one = form.placement
        if form.party == rule.STUDENT:
            to = [account.email for account in accounts.get(one.student_id, ())]
        elif form.party == rule.PARENT:
            to = [guardian.email for guardian in homes.get(one.student_id, ())]
        else:
            to = [one.host.email if one.host else ""]
        found[form] = sorted({address for address in to if address})
    return found


def _mail(form: PlacementForm, to: Sequence[str], where: Where) -> EmailMessage:
    school = form.placement.student.institution.name
    url = where.mine if form.party == rule.STUDENT else f"{where.form}{token_of(form)}/"
    until = (
        f"The link is for this form alone and lasts until {day_in_words(form.expires_on)}." if form.expires_on else ""
    )
    return EmailMessage(
        subject="A work placement: a short form for you",
        body=f"{school} asks {ASKS[form.party]}. It takes three minutes:\n{url}\n\n"
        f"{'' if form.party == rule.STUDENT else until}\n",
        to=list(to[:1]), bcc=list(to[1:]),
    )  # fmt: skip


@transaction.atomic
def _keep(mails: Mapping[PlacementForm, Mail], addresses: Mapping[PlacementForm, Sequence[str]]) -> None:
    for form, to in addresses.items():
        form.mail, form.sent_to = mails.get(form, Mail.NONE), ", ".join(to)[:500]
    PlacementForm.objects.bulk_update(addresses, ["mail", "sent_to", "issue"])


@transaction.atomic
def end(*, form: PlacementForm, by: record.Actor, at: datetime) -> None:
    """Its link opens nothing from now on, and an answer it brought is asked for again."""
    said = {"answered_by": "", "answered_at": None, "yes": None, "sent_at": None, "mail": Mail.NONE, "reminders": 0}
    PlacementForm.objects.filter(pk=form.pk).update(issue=F("issue") + 1, expires_on=None, reminded_at=None, **said)
    record.changes(by=by, at=at, of=[_event(Verb.REMOVED, form)])


def _event(verb: Verb, form: PlacementForm, **after: object) -> record.Change:
    detail = {"after": {"party": str(form.party), **after}}
    return record.Change(verb, "placement form", form.pk, form.placement.student_id, detail)

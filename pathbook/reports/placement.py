"""One placement on a page: its forms and their links, what is checked before approving, the journal, what it counts for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pathbook.framework import placements as rule
from pathbook.people import access
from pathbook.people.visibility import Viewer
from pathbook.records.actions.placement_forms import BY_LINK, token_of
from pathbook.records.models import Placement, PlacementDay, PlacementForm
from pathbook.records.queries.placements import Forms, forms_of, placed, shown

ORDER = (rule.STUDENT, rule.EMPLOYER, rule.PARENT, rule.FEEDBACK)
TITLES = {
    rule.STUDENT: "What the student wants to learn", rule.EMPLOYER: "The employer", rule.PARENT: "Home",
    rule.FEEDBACK: "The employer's feedback",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class OneForm:
    """`tint` and `word` as a state tag; `token` where there is a link to copy."""

    title: str
    tint: str
    word: str
    form: PlacementForm
    token: str


@dataclass(frozen=True, slots=True)
class OnePlacement:
    """`checks`: what must hold to approve, in words, and whether it does; `missing`: what it lacks to count as meaningful."""

    placement: Placement
    state: str
    word: str
    forms: tuple[OneForm, ...]
    blocks: tuple[str, ...]
    checks: tuple[tuple[str, bool], ...]
    missing: tuple[str, ...]
    journal: Sequence[PlacementDay]
    sendable: str
    may_act: bool
    counts: bool

    @property
    def may_approve(self) -> bool:
        return self.may_act and not self.blocks and self.state == "school"


def placement_page(one: Placement, viewer: Viewer, *, on: date) -> OnePlacement:
    """`one` with student, host and activity; three queries."""
    forms = forms_of([one]).get(one.pk, {})
    facts, journal = placed(one, forms), list(one.journal.order_by("on"))
    state = rule.state_of(facts, on)
    said = shown(one, forms, len(journal))
    may_act = viewer.may(access.PROGRAMME, access.WRITE)
    return OnePlacement(
        one, state, rule.STATES[state], tuple(_form(forms[party], may_act, on) for party in ORDER if party in forms),
        () if one.approved_at and state != "refused" else rule.blocks(facts), _checks(facts, forms),
        rule.still_to_show(said), journal, rule.to_send(state, has_feedback=said.feedback), may_act,
        bool(one.part and one.part.activity.meaningful),
    )  # fmt: skip


def _checks(facts: rule.Placed, forms: Forms) -> tuple[tuple[str, bool], ...]:
    host = facts.host or rule.Host()
    return (
        ("The student has said what they want to learn", facts.student),
        ("The employer takes them", facts.employer is True),
        ("Employers' liability insurance lasts beyond the last day",
         host.insured_until is not None and host.insured_until >= facts.last_day),
        ("There is a risk assessment", host.risk_assessed_on is not None),
        ("The host agrees to the safeguarding statement", host.safeguarding),
        ("The host agrees to keep the student's data safe", host.keeps_data),
        ("Home agrees", facts.home is True),
    )  # fmt: skip


def _form(form: PlacementForm, may_act: bool, on: date) -> OneForm:
    is_open = form.answered_at is None and form.sent_at is not None
    over = is_open and form.party in BY_LINK and (form.expires_on is None or form.expires_on < on)
    failed = form.mail == PlacementForm.Mail.FAILED
    linked = may_act and is_open and not over and form.party in BY_LINK
    if form.answered_at:
        tint, word = ("late", "No") if form.yes is False else ("done", "Answered")
    elif not is_open:
        tint, word = "", "Ended"
    elif over:
        tint, word = "late", "The link ran out"
    else:
        tint, word = ("late", "Mail failed") if failed else ("soon", "Not answered yet")
    return OneForm(TITLES[form.party], tint, word, form, token_of(form) if linked else "")

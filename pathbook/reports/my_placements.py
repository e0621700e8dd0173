"""A student's placements as the student sees them, and as a parent is asked about them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from pathbook.framework import placements as rule
from pathbook.people.models import Student
from pathbook.records.models import Placement, PlacementDay, PlacementForm
from pathbook.records.queries.placements import Forms, forms_of, placed, placements_of, shown

NEXT = {
    "find": "Find somebody who takes you, or ask your careers leader to help.",
    "wished": "The school looks at the host you named.",
    "student": "Say what you want to learn there.",
    "employer": "The employer is asked. You need do nothing now.",
    "declined": "They cannot take you this time. Your careers leader looks for another host with you.",
    "parent": "Home is asked. Tell them to look for it.",
    "refused": "Home has said no. Talk with them and with your careers leader.",
    "school": "The school checks that everything is in order.",
    "approved": "You are going. Write down how to get there and whom to ask for.",
    "under_way": "Write a line in your journal each day.",
    "over": "Finish your journal and say what you made of it.",
    "done": "Well done.",
    "off": "It was called off.",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class MyPlacement:
    """`steps`: the four forms as (words, done); `aim`: what they want to learn; `missing`: until it counts as meaningful."""

    placement: Placement
    host: str
    state: str
    word: str
    next: str
    steps: tuple[tuple[str, bool], ...]
    aim: str
    tasks: str
    feedback: str
    journal: Sequence[PlacementDay]
    missing: tuple[str, ...]

    @property
    def may_change(self) -> bool:
        return self.placement.approved_at is None and self.placement.called_off_at is None

    @property
    def has_begun(self) -> bool:
        return self.state in ("under_way", "over", "done")


def my_placements(student: Student, *, on: date) -> tuple[MyPlacement, ...]:
    """The latest first; three queries."""
    rows = list(placements_of(Student.objects.filter(pk=student.pk)).reverse())
    forms = forms_of(rows)
    days = PlacementDay.objects.filter(placement__in=[one.pk for one in rows]).order_by("on")
    journal = {one.pk: [day for day in days if day.placement_id == one.pk] for one in rows}
    return tuple(_mine(one, forms.get(one.pk, {}), journal[one.pk], on) for one in rows)


def _mine(one: Placement, forms: Forms, journal: list[PlacementDay], on: date) -> MyPlacement:
    facts = placed(one, forms)
    state = rule.state_of(facts, on)
    steps = (("You", facts.student), ("The employer", facts.employer is True), ("Home", facts.home is True),
             ("The school", facts.approved))  # fmt: skip
    return MyPlacement(
        one, one.host.provider.name if one.host else one.named_host, state, rule.STATES[state], NEXT[state], steps,
        _words(forms, rule.STUDENT), _words(forms, rule.EMPLOYER), _words(forms, rule.FEEDBACK), journal,
        rule.still_to_show(shown(one, forms, len(journal))),
    )  # fmt: skip


def _words(forms: Forms, party: str) -> str:
    form = forms.get(party)
    return form.words if form and form.answered_at else ""


@dataclass(frozen=True, slots=True)
class HomeQuestion:
    """What a parent is asked of one placement of their child. `yes`: None until they, or somebody at home, have said."""

    key: str
    host: str
    starts_on: date
    ends_on: date
    tasks: str
    yes: bool | None
    said_by: str


def asked_of_home(children: QuerySet[Student], *, on: date) -> Mapping[str, tuple[HomeQuestion, ...]]:
    """By child's key: those to come whose host has said yes; two queries."""
    rows = list(placements_of(children).standing().filter(starts_on__gt=on, host__isnull=False))
    forms = forms_of(rows)
    found: dict[str, tuple[HomeQuestion, ...]] = {}
    for one in rows:
        said = forms.get(one.pk, {})
        if placed(one, said).employer:
            question = _question(one, said.get(rule.PARENT), _words(said, rule.EMPLOYER))
            found[one.student.key] = (*found.get(one.student.key, ()), question)
    return found


def _question(one: Placement, form: PlacementForm | None, tasks: str) -> HomeQuestion:
    host = one.host.provider.name if one.host else ""
    answered = form is not None and form.answered_at is not None
    return HomeQuestion(
        one.key, host, one.starts_on, one.ends_on, tasks, form.yes if answered and form else None,
        form.answered_by if answered and form else "",
    )  # fmt: skip

"""Who may take what: the last day on the roll, where a student is already, what home said, what a person decided."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pathbook.allocation.problem import Student
from pathbook.framework.needs.programme import said
from pathbook.needs.places.consents import Consents, consents_of
from pathbook.needs.places.engaged import Engaged, engaged
from pathbook.needs.places.offers import OnOffer, Scarce
from pathbook.people.models import Enrolment, Institution

KEPT_OUT = "kept out by hand"


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A student of the roll; `groups` are those held to fairness."""

    pk: int
    key: str
    ends: date | None
    groups: frozenset[str]


def enrolled(school: Institution, *, on: date) -> Mapping[str, Enrolled]:
    """By key; one query."""
    rows = Enrolment.objects.main().current(on).filter(institution=school).order_by("student__key", "start_date")
    return {
        key: Enrolled(pk, key, ends, frozenset(_groups(sen != "N", premium, care, form)))
        for key, pk, ends, sen, premium, care, form in rows.values_list(
            "student__key", "student_id", "end_date", "sen", "pupil_premium", "looked_after",
            "tutor_group__name",
        )
    }  # fmt: skip


def _groups(sen: bool, premium: bool, care: bool, form: str | None) -> Iterator[str]:
    said = (("SEN", sen), ("Pupil premium", premium), ("Looked after", care), (f"Form {form}", bool(form)))
    return (name for name, is_in in said if is_in)


def students_of(
    roll: Iterable[Enrolled],
    offers: Sequence[OnOffer],
    scarce: Scarce,
    school: Institution,
    *,
    on: date,
    outs: Iterable[tuple[str, str]],
) -> tuple[Student, ...]:
    """Each with what they cannot take and why; three queries."""
    taken, homes = engaged(school, on=on), consents_of(scarce.activities)
    kept: dict[str, dict[str, str]] = {}
    for student, offer in outs:
        kept.setdefault(student, {})[offer] = KEPT_OUT
    return tuple(
        Student(one.key, one.groups, _cannot(one, offers, taken, homes) | kept.get(one.key, {})) for one in roll
    )


def _cannot(one: Enrolled, offers: Sequence[OnOffer], taken: Engaged, homes: Consents) -> dict[str, str]:
    """What nothing can change comes before what home may still say."""
    found = homes.cannot(one.pk) | taken.cannot(one.pk, [each.offer for each in offers])
    if one.ends is None:
        return found
    return {each.offer.id: f"leaves on {said(one.ends)}" for each in offers if each.coming.on > one.ends} | found

"""One student from hope to outcome: five steps in one line, where they differ, and everything that was said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pathbook.framework.destinations import SOURCES, Code
from pathbook.framework.in_words import day_in_words
from pathbook.framework.plans import Plans, differences
from pathbook.people import access
from pathbook.people.models import Institution, Student
from pathbook.people.visibility import Viewer
from pathbook.records.models import Offer
from pathbook.records.models.destination import PATHWAYS
from pathbook.records.queries.next_steps import EVERYTHING, History, codes_of, histories
from pathbook.reports.student_top import Top, top_of


@dataclass(frozen=True, slots=True)
class Step:
    """One of the five. `words` empty: nothing is recorded."""

    name: str
    words: str
    on: date | None


@dataclass(frozen=True, slots=True)
class Said:
    on: date
    what: str
    words: str


@dataclass(frozen=True, slots=True)
class NextTab:
    top: Top
    chain: tuple[Step, ...]
    differ: tuple[str, ...]
    said: tuple[Said, ...]


def next_of(student: Student, viewer: Viewer, school: Institution, *, on: date) -> NextTab:
    """What guidance there was only for those who may read guidance."""
    top, codes = top_of(student, viewer, on=on), codes_of(school)
    parts = EVERYTHING if access.GUIDANCE in top.parts else EVERYTHING - {"met"}
    history = histories(Student.objects.filter(pk=student.pk), as_of=on, only=parts)[student.pk]
    plans = history.plans()
    chain = chain_of(plans, codes)
    shown = chain if "met" in parts else tuple(step for step in chain if step.name != "Guidance")
    return NextTab(top, shown, differences(plans), _said(history, codes))


def chain_of(plans: Plans, codes: Mapping[str, Code]) -> tuple[Step, ...]:
    """Hope, guidance, intention, offer, outcome."""
    offer = plans.offer
    stands = f"{offer.provider}: {Offer.Status(offer.status).label.lower()}" if offer else ""
    hope = PATHWAYS.get(plans.hope, "")
    return (
        Step("Hope", ", ".join(filter(None, (hope, plans.hope_words))), plans.hoped_on),
        Step("Guidance", "Met" if plans.met_on else "", plans.met_on),
        Step("Intention", label_of(plans.intention, codes), plans.intended_on),
        Step("Offer", stands, offer.on if offer else None),
        Step("Outcome", label_of(plans.went, codes), plans.went_on),
    )


def label_of(code: str, codes: Mapping[str, Code]) -> str:
    return codes[code].label if code in codes else code


def _said(history: History, codes: Mapping[str, Code]) -> tuple[Said, ...]:
    """All intentions, offers and destinations, the latest first."""
    said = [Said(on, "Means to do", label_of(code, codes)) for on, code in history.intentions]
    said += [
        Said(one.on, "Offer", _joined(one.provider, one.course, Offer.Status(one.status).label, _suits(one.suitable)))
        for one in history.offers
    ]
    said += [
        Said(
            one.on, "Is at",
            _joined(
                label_of(one.code, codes), one.place, SOURCES.get(one.source, one.source),
                f"checked {day_in_words(one.checked_on)}" if one.checked_on else "",
            ),
        )
        for one in history.told
    ]  # fmt: skip
    return tuple(sorted(said, key=lambda one: one.on, reverse=True))


def _joined(*words: str) -> str:
    return ", ".join(filter(None, words))


def _suits(suitable: bool | None) -> str:
    return "" if suitable is None else "suits" if suitable else "does not suit"

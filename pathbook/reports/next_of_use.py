"""For each figure of use, the single next thing to do about it, and where; and what is not recorded yet."""

from dataclasses import dataclass

from pathbook.people import access
from pathbook.people.visibility import Viewer


@dataclass(frozen=True, slots=True)
class Next:
    """Words of a link, its address, and the part of the record it opens."""

    words: str
    url: str
    part: str
    level: str = access.READ


def _gap(row: str, words: str) -> Next:
    return Next(words, f"/students/?gap={row}", access.ACTIVITIES)


NEXT = {
    "record.any": Next("Begin with those who have least", "/students/?sort=-gaps", access.ACTIVITIES),
    "record.employer_encounter": _gap("GB5.1", "Who has met no employer"),
    "record.workplace_experience": _gap("GB6.1", "Who lacks a workplace"),
    "record.provider_encounter": _gap("GB7.1", "Who lacks a provider"),
    "record.he_visit": _gap("GB7.2", "Who lacks a visit"),
    "record.labour_market_information": _gap("GB2.1", "Who has had none"),
    "record.curriculum_link": _gap("GB4.1", "Who lacks a subject"),
    "record.careers_lesson": Next("Plan one", "/activities/", access.PROGRAMME, access.WRITE),
    "record.transition_event": Next("Plan one", "/activities/", access.PROGRAMME, access.WRITE),
    "record.guidance_meeting": _gap("GB8.1a", "Year 11s without one"),
    "record.aspiration": _gap("GB3.5.aspiration", "Who has not said"),
    "record.intention": _gap("GB3.5.intention", "Who has not said"),
    "reach.accounts": Next("Give staff a way in", "/set-up/people/", access.ACCOUNTS, access.WRITE),
    "reach.signed_in": Next("Who has not come", "/set-up/review/", access.ACCOUNTS, access.WRITE),
    "reach.training": Next("Who still needs what", "/training/", access.TRAINING),
    "use.observed": Next("Look at twelve books", "/monitoring/", access.MONITORING),
    "use.read14": Next("Which groups' tutors", "/guidance/loop/", access.NUMBERS),
    "use.confirmed": Next("Actions still open", "/actions/", access.ACTIONS),
    "use.opened_own": _gap("GB3.4", "Who has not opened it"),
    "use.overdue": Next("Close or carry them on", "/actions/?state=overdue", access.ACTIONS),
    "loop.summary": Next("Notes to finish", "/guidance/", access.GUIDANCE, access.WRITE),
    "loop.agreed": Next("Which advisers and groups", "/guidance/loop/", access.NUMBERS),
    "loop.closed": Next("Actions still open", "/actions/", access.ACTIONS),
    "loop.proved": Next("Link what proves them", "/actions/?state=closed", access.ACTIONS),
}


def next_for(figure: str, viewer: Viewer) -> Next | None:
    """None where this viewer could not open it: a governor is shown the figure, not somebody's list."""
    found = NEXT.get(figure) or (NEXT["reach.signed_in"] if figure.startswith("reach.") else None)
    return found if found and viewer.may(found.part, found.level) else None

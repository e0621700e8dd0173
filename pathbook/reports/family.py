"""A parent's page: each own child's shared record, the dates to come, and how to help."""

from dataclasses import dataclass
from datetime import date

from pathbook.framework.in_words import day_in_words
from pathbook.people import access
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer, students_visible_to
from pathbook.reports.consent import Question, questions_of
from pathbook.reports.my_placements import HomeQuestion, asked_of_home
from pathbook.reports.shared import Shared, shared_records

HELP = {
    "": "Ask what they have enjoyed lately, and what they would like to find out more about.",
    "Not decided yet": "It is fine not to know yet. Ask what they enjoy, and which people's work interests them.",
    "University": "Look at two courses together, and ask what each wants at A level or its equal.",
    "Apprenticeship": "Look at vacancies together, and ask which employers near you take apprentices.",
    "T Level": "Ask which colleges near you teach it, and go to an open evening together.",
    "College course": "Go to a college open evening together, and ask where the course leads.",
    "Sixth form": "Ask which subjects keep the most doors open for what they have in mind.",
    "Work with training": "Ask which employers near you train people, and what they look for.",
}


@dataclass(frozen=True, slots=True)
class Child:
    """One child as far as it is shared; `help` is what a parent might do, `asked` what needs their yes or no."""

    shared: Shared
    help: tuple[str, ...]
    asked: tuple[Question, ...] = ()
    placements: tuple[HomeQuestion, ...] = ()

    @property
    def consents_open(self) -> int:
        return sum(not one.answer for one in self.asked)

    @property
    def to_answer(self) -> int:
        return self.consents_open + sum(one.yes is None for one in self.placements)


def children_of(viewer: Viewer, school: Institution, *, on: date, key: str = "") -> tuple[Child, ...]:
    """Those the viewer is linked to today and no one else, or the one of them with that key; a fixed number of queries."""
    own = students_visible_to(viewer, on, access.SHARED)
    own = own.filter(key=key) if key else own
    asked, placements = questions_of(own, on=on), asked_of_home(own, on=on)
    shared = shared_records(own, school, on=on, with_parents=True)
    return tuple(Child(one, _help(one), asked.get(one.key, ()), placements.get(one.key, ())) for one in shared)


def _help(one: Shared) -> tuple[str, ...]:
    asked = tuple(f"Ask about “{a.what}”, which is for {day_in_words(a.due)}." for a in one.still_open[:2])
    pathway = one.hopes[0].words.split(",")[0] if one.hopes else ""
    return (*asked, HELP.get(pathway, HELP[""]))

"""One demand with all that stands behind it: who, in the order of their need, what is planned, and a plan to begin from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pathbook.framework import kinds
from pathbook.framework.demand import GAP, LAW, PATHWAY, PROVIDER, SECTOR, Demand, Planned, kind_for
from pathbook.framework.in_words import in_a_sentence
from pathbook.framework.judge import every_row
from pathbook.framework.measure import Measure
from pathbook.framework.needs.choices import MEETS
from pathbook.framework.needs.need import StudentNeeds
from pathbook.framework.sets import set_in_force
from pathbook.needs.queries import needs_of_roll, shown_to
from pathbook.occupations import read
from pathbook.people import access
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer, students_visible_to
from pathbook.records.facts import OnRoll
from pathbook.records.models import Action
from pathbook.records.models.destination import PATHWAYS
from pathbook.records.queries.actions import actions_closable_by
from pathbook.reports.demand import PATHWAY_SAID, Asked, Hope, demand_of, hopes_of, provider_in_words, sentence

TECHNICAL = ("t_level", "apprenticeship")


@dataclass(frozen=True, slots=True)
class Wanting:
    """One student behind the sentence. `down`: for something that fits already. `need`: why they come where they do."""

    pk: int
    key: str
    name: str
    year_group: int
    tutor_group: str
    hopes: str
    said_on: date | None
    need: str
    down: bool


@dataclass(frozen=True, slots=True)
class Proposed:
    """An open action that such an activity may serve; `named`: its words speak of it, so it is ticked at first."""

    action: Action
    name: str
    named: bool


@dataclass(frozen=True, slots=True)
class Suggested:
    """What the form says at first."""

    title: str
    kind: str
    sector: str = ""
    pathway: str = ""
    provider_type: str = ""
    technical: bool = False


@dataclass(frozen=True, slots=True)
class PlanPage:
    """`students`: in the order of their need, whoever is down for nothing that fits first."""

    demand: Demand
    sentence: str
    students: tuple[Wanting, ...]
    planned: tuple[Planned, ...]
    actions: tuple[Proposed, ...]
    suggested: Suggested

    @property
    def waiting(self) -> int:
        return sum(not one.down for one in self.students)


def plan_page(viewer: Viewer, school: Institution, *, on: date, asked: Asked, theme: str, code: str) -> PlanPage | None:
    """None when nobody the viewer reaches asks for it. A fixed number of queries."""
    demand = demand_of(viewer, school, on=on, asked=asked, theme=theme, code=code)
    if demand is None:
        return None
    suggested = _suggested(demand, {row.id: row for row in every_row(set_in_force(on))})
    students = _wanting(demand, viewer, school, on)
    return PlanPage(
        demand, f"{len(students)} {sentence(demand)}", students, demand.planned,
        _proposed(demand, students, suggested.kind, viewer, on), suggested,
    )  # fmt: skip


def _wanting(demand: Demand, viewer: Viewer, school: Institution, on: date) -> tuple[Wanting, ...]:
    """Who goes first: the most urgent need of this school year, as everywhere."""
    keys = [one.key for one in demand.students]
    people = {one.key: one for one in students_visible_to(viewer, on, access.NEEDS).filter(key__in=keys)}
    roll = [OnRoll(people[s.key].pk, s.key, s.year_group, s.tutor_group) for s in demand.students if s.key in people]
    hopes = hopes_of([one.pk for one in roll], on=on)
    by_key = {one.key: one for one in roll}
    uninvited = {one.key for one in demand.uninvited}
    needs = shown_to(viewer, needs_of_roll(roll, school, as_of=on), on=on)
    listed = [
        _one(by_key[one.student_id], people[one.student_id].name, one, hopes, one.student_id not in uninvited)
        for one in needs.students
    ]
    return tuple(sorted(listed, key=lambda one: one.down))


def _one(who: OnRoll, name: str, needs: StudentNeeds, hopes: Mapping[int, Hope], down: bool) -> Wanting:
    hope = hopes.get(who.pk)
    said = (hope.occupation or hope.sector or PATHWAYS.get(hope.pathway, "")) if hope else ""
    first = needs.needs[0].reason if needs.needs else ""
    return Wanting(
        who.pk, who.key, name, who.year_group, who.tutor_group, said, hope.said_on if hope else None, first, down
    )


def _proposed(demand: Demand, students: Sequence[Wanting], kind: str, viewer: Viewer, on: date) -> tuple[Proposed, ...]:
    """Open actions of theirs that nothing serves yet, and that speak of it or are of the same kind; in the same order."""
    names: Mapping[int, str] = {one.pk: one.name for one in students}
    place = {one.pk: at for at, one in enumerate(students)}
    rows = actions_closable_by(viewer, on).still_open(on).filter(student__in=list(names), activity=None)
    found = [Proposed(row, names[row.student_id], speaks_of(row.what, demand)) for row in rows.order_by("due_on", "pk")]
    kept = [one for one in found if one.named or kinds.guess_kind(one.action.what) == kind]
    return tuple(sorted(kept, key=lambda one: (not one.named, place[one.action.student_id])))


def speaks_of(what: str, demand: Demand) -> bool:
    """Do an action's words name the sector, the pathway or the kind of provider?"""
    said = what.casefold()
    if demand.theme == SECTOR:
        words = [word for word in in_a_sentence(demand.code).split() if word not in ("and", "care")]
        return any(word in said for word in words) or any(s.sector == demand.code for s in read(what).suggestions[:1])
    if demand.theme == PATHWAY:
        return demand.code in read(what).pathways
    if demand.theme == PROVIDER:
        meant = {pathway for pathway, provider in MEETS.items() if provider == demand.code}
        return provider_in_words(demand.code).casefold() in said or bool(meant & set(read(what).pathways))
    return False


def _suggested(demand: Demand, rows: Mapping[str, Measure]) -> Suggested:
    theme, code = demand.theme, demand.code
    kind = kind_for(theme, code, rows)
    if theme == SECTOR:
        return Suggested(f"Meet people who work in {in_a_sentence(code)}", kind, sector=code)
    if theme == PATHWAY:
        provider = MEETS.get(code, "")
        said = PATHWAY_SAID.get(code, code)
        return Suggested(f"Find out about {said}", kind, "", code, provider, code in TECHNICAL)
    if theme == PROVIDER:
        return Suggested(f"Meet a {provider_in_words(code)}", kind, provider_type=code)
    return Suggested(kinds.KINDS[kind].label, kind, technical=theme == GAP and code.startswith(LAW))

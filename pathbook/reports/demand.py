"""Demand: what students hope for and lack, worst first, with who they are and what is planned that fits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from pathbook.framework.demand import GAP, PATHWAY, PROVIDER, SECTOR, THEMES, Asking, Demand, demands
from pathbook.framework.in_words import day_in_words, in_a_sentence
from pathbook.framework.judge import Judged, every_row
from pathbook.framework.kinds import PROVIDER_TYPES
from pathbook.framework.needs.choices import SAID
from pathbook.framework.sets import set_in_force
from pathbook.needs.programme import planned_from
from pathbook.people import access
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer, students_visible_to
from pathbook.records.facts import OnRoll, population
from pathbook.records.models import Aspiration
from pathbook.reports.gaps import GAPS
from pathbook.reports.remembered import seen
from pathbook.reports.todos import Todo

TITLES = {
    SECTOR: "Sectors of work they name", PATHWAY: "Pathways they name", PROVIDER: "Kinds of provider they have not met",
    GAP: "Gaps on the heatmap",
}  # fmt: skip
PATHWAY_SAID = SAID | {"employment": "work with training"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page was narrowed to: year groups (none: all) and one tutor group."""

    years: tuple[int, ...] = ()
    group: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One theme, its sentences worst first."""

    title: str
    todos: tuple[Todo, ...]


@dataclass(frozen=True, slots=True)
class DemandPage:
    """`worst`: the first sentence of all that nothing answers, with its number."""

    sections: tuple[Section, ...]
    asked: Asked
    years: tuple[int, ...]
    groups: tuple[str, ...]
    students: int
    worst: str


@dataclass(frozen=True, slots=True)
class Hope:
    """The latest of what a student said."""

    said_on: date
    pathway: str
    sector: str
    occupation: str


def demand_page(viewer: Viewer, school: Institution, *, on: date, asked: Asked) -> DemandPage:
    """The same number of queries whatever the number of students."""
    roll = _roll(viewer, school, on)
    chosen = [one for one in roll if _is_asked(one, asked)]
    found = _demands(chosen, school, on)
    plans = viewer.may(access.PROGRAMME, access.WRITE)
    sections = [
        Section(TITLES[theme], tuple(_todo(one, asked, plans) for one in found if one.theme == theme))
        for theme in THEMES
    ]
    unanswered = next((one for one in found if not one.planned), None)
    return DemandPage(
        tuple(section for section in sections if section.todos), asked,
        tuple(sorted({one.year_group for one in roll})), tuple(sorted({one.tutor_group for one in roll} - {""})),
        len(chosen), f"{len(unanswered.students)} {sentence(unanswered)}" if unanswered else "",
    )  # fmt: skip


def demand_of(viewer: Viewer, school: Institution, *, on: date, asked: Asked, theme: str, code: str) -> Demand | None:
    """The one asked for; None when nobody the viewer reaches asks for it."""
    chosen = [one for one in _roll(viewer, school, on) if _is_asked(one, asked)]
    return next((one for one in _demands(chosen, school, on) if (one.theme, one.code) == (theme, code)), None)


def _roll(viewer: Viewer, school: Institution, on: date) -> list[OnRoll]:
    return population(school, as_of=on, among=students_visible_to(viewer, on, access.NEEDS))


def _is_asked(one: OnRoll, asked: Asked) -> bool:
    return (not asked.years or one.year_group in asked.years) and asked.group in ("", one.tutor_group)


def _demands(roll: Sequence[OnRoll], school: Institution, on: date) -> tuple[Demand, ...]:
    set_id = set_in_force(on)
    judged = seen(roll, school=school, set_id=set_id, as_of=on)
    hopes = hopes_of([one.pk for one in roll], on=on)
    asking = [_asking(one, hopes.get(one.pk), judged[one.pk].judged) for one in roll]
    return demands(asking, planned_from(school, on=on), {row.id: row for row in every_row(set_id)})


def hopes_of(students: Sequence[int], *, on: date) -> dict[int, Hope]:
    """By student pk, the latest by that day; of two said the same day, the one written later. One query."""
    rows = Aspiration.objects.filter(student__in=students, said_on__lte=on).order_by("said_on", "pk")
    named = rows.values_list("student_id", "said_on", "pathway", "sector", "occupation")
    return {student: Hope(on, pathway, sector, work) for student, on, pathway, sector, work in named}


def _asking(one: OnRoll, hope: Hope | None, judged: Judged) -> Asking:
    gaps = frozenset(
        row
        for row, verdict in judged.verdicts.items()
        if judged.applies(row) and not verdict.met and not verdict.coming
    )
    said = (hope.sector, hope.pathway) if hope else ("", "")
    return Asking(one.key, one.year_group, one.tutor_group, *said, gaps & GAPS.keys())


def _todo(one: Demand, asked: Asked, plans: bool) -> Todo:
    url = address(one, asked)
    act = ("Plan it", f"{url}#plan") if plans and one.without_place else ("See them", url)
    return Todo(len(one.students), sentence(one), url, _why(one), *act)


def address(one: Demand, asked: Asked) -> str:
    query = "&".join(
        [*(f"year={year}" for year in asked.years), *([f"group={quote(asked.group)}"] if asked.group else [])]
    )
    return f"/guidance/demand/{one.theme}/{quote(one.code)}/" + (f"?{query}" if query else "")


def sentence(one: Demand) -> str:
    """After the number: "students in Years 10 and 11 name construction; nothing that fits is planned"."""
    many = len(one.students) != 1
    who = f"student{'s' if many else ''} in {years_in_words(one.year_groups)}"
    fitting = len(one.planned)
    planned = (
        "nothing that fits is planned" if not fitting else f"{fitting} that fit{'' if fitting > 1 else 's'} planned"
    )
    planned = planned.replace("fits planned", "fits is planned").replace("fit planned", "fit are planned")
    return f"{who} {_asks(one, many)}; {planned}"


def _asks(one: Demand, many: bool) -> str:
    name, have = ("name", "have") if many else ("names", "has")
    if one.theme == SECTOR:
        return f"{name} {in_a_sentence(one.code)}"
    if one.theme == PATHWAY:
        return f"{name} {PATHWAY_SAID.get(one.code, one.code)}"
    if one.theme == PROVIDER:
        return f"{have} met no {provider_in_words(one.code)} yet"
    return f"{have} a gap in {GAPS[one.code]}"


def provider_in_words(code: str) -> str:
    return PROVIDER_TYPES[code] if code == "fe_college" else in_a_sentence(PROVIDER_TYPES[code])


def _why(one: Demand) -> str:
    said = [f"{p.coming.title}, {day_in_words(p.coming.on)}" for p in one.planned[:3]]
    more = f" and {len(one.planned) - 3} more" if len(one.planned) > 3 else ""
    lacking = one.without_place
    places = f"{lacking} of them would have no place. " if lacking and one.planned else ""
    return f"{places}{'; '.join(said)}{more}" + ("." if said else "")


def years_in_words(groups: Iterable[int]) -> str:
    """Year 10; Years 10 and 11; Years 7 to 11; Years 7, 9 and 11."""
    years = list(groups)
    if len(years) == 1:
        return f"Year {years[0]}"
    if len(years) > 2 and years[-1] - years[0] == len(years) - 1:
        return f"Years {years[0]} to {years[-1]}"
    return f"Years {', '.join(map(str, years[:-1]))} and {years[-1]}"

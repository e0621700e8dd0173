"""A list with a field or two a student: what was typed, and what is wrong with it, each where it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.http import QueryDict

from pathbook.framework.destinations import SOURCES, Code
from pathbook.records.actions.next_steps import Answered, Went
from pathbook.records.models import Offer
from pathbook.reports.leaving_list import Person
from pathbook.web.fields import DATES

LONGEST = 160
SUITS = {"yes": True, "no": False, "": None}


@dataclass(frozen=True, slots=True)
class Typed:
    """`typed`: name of field to what stands in it; `problems`: name of field to the sentence."""

    typed: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of one student: its name, what stands in it, and the sentence when that is wrong."""

    name: str
    value: str
    problem: str


def cells(one: Person, typed: Typed, **initial: str) -> dict[str, Cell]:
    """The fields of somebody's row, as typed or else as they stand."""
    names = {field: f"{field}-{one.key}" for field in initial}
    return {
        field: Cell(name, typed.typed.get(name, initial[field]), typed.problems.get(name, ""))
        for field, name in names.items()
    }


def intentions_of(
    post: QueryDict, people: Sequence[Person], allowed: Mapping[str, Code]
) -> tuple[dict[int, str], Typed]:
    """Student to code, of those where something is chosen."""
    said: dict[int, str] = {}
    problems: dict[str, str] = {}
    for one in people:
        code = post.get(f"code-{one.key}", "").strip()
        if code and code not in allowed:
            problems[f"code-{one.key}"] = f"{one.name}: choose what they mean to do from the list."
        elif code:
            said[one.pk] = code
    return said, Typed({name: str(value) for name, value in post.items()}, problems)


def offers_of(post: QueryDict, people: Sequence[Person], *, on: date) -> tuple[list[Answered], Typed]:
    """One application a student, where a place is named or how it stands is chosen."""
    said: list[Answered] = []
    problems: dict[str, str] = {}
    for one in people:
        provider, status, suits, course = (
            post.get(f"{name}-{one.key}", "").strip() for name in ("provider", "status", "suits", "course")
        )
        if not (status or provider):
            continue
        wrong = _wrong_offer(one, provider, course, status, suits)
        problems |= wrong
        if not wrong:
            said.append(Answered(one.pk, provider, course, status, on, SUITS[suits]))
    return said, Typed({name: str(value) for name, value in post.items()}, problems)


def _wrong_offer(one: Person, provider: str, course: str, status: str, suits: str) -> dict[str, str]:
    if not provider:
        return {f"provider-{one.key}": f"{one.name}: say where."}
    if max(len(provider), len(course)) > LONGEST or "\0" in provider + course:
        return {f"provider-{one.key}": f"{one.name}: shorten the name of the place to {LONGEST} characters."}
    if status not in Offer.Status.values:
        return {f"status-{one.key}": f"{one.name}: say how it stands."}
    if suits not in SUITS:
        return {f"suits-{one.key}": f"{one.name}: say whether it suits, or leave it."}
    return {}


def destinations_of(
    post: QueryDict, people: Sequence[Person], allowed: Mapping[str, Code], *, left: date, on: date
) -> tuple[list[Went], Typed]:
    """Where each is, of those where something is chosen. `left`: the last day of the year they left in."""
    said: list[Went] = []
    problems: dict[str, str] = {}
    as_of, wrong_day = _day(post.get("as_of", ""), left, on)
    source = post.get("source", "")
    for one in people:
        code, place = (post.get(f"{name}-{one.key}", "").strip() for name in ("code", "place"))
        if not (code or place):
            continue
        wrong = _wrong_place(one, code, place, allowed)
        problems |= wrong
        if not wrong and as_of:
            said.append(Went(one.pk, code, as_of, source, place, on))
    if wrong_day:
        problems["as_of"] = wrong_day
    if source not in SOURCES:
        problems["source"] = "Say who told you: choose from the list."
    if not said and not problems:
        problems["source"] = "Choose where at least one student is."
    return said, Typed({name: str(value) for name, value in post.items()}, problems)


def _wrong_place(one: Person, code: str, place: str, allowed: Mapping[str, Code]) -> dict[str, str]:
    if code not in allowed:
        return {f"code-{one.key}": f"{one.name}: choose what they do from the list."}
    if len(place) > LONGEST or "\0" in place:
        return {f"place-{one.key}": f"{one.name}: shorten the name of the place to {LONGEST} characters."}
    return {}


def _day(text: str, left: date, on: date) -> tuple[date | None, str]:
    found = next((day for form in DATES if (day := _read(text.strip(), form))), None)
    if found is None:
        return None, "Write the day this is true of as day, month and year, such as 1/10/2025."
    if not left < found <= on:
        return None, "The day must be after they left and not after today."
    return found, ""


def _read(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text, form).date()  # noqa: DTZ007 a day has no hour
    except ValueError:
        return None

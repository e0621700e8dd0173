"""What one more day of an adviser would change: as many slots as on a usual day, on the next school day with none."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from pathbook.allocation.answer import Allocation
from pathbook.allocation.more import one_more
from pathbook.allocation.problem import Offer, Pin
from pathbook.framework.needs.programme import said
from pathbook.framework.schooldays import SchoolDays

LEAST = timedelta(days=7)  # a day cannot be bought for tomorrow


@dataclass(frozen=True, slots=True)
class Bought:
    """The day and its slots."""

    day: date
    slots: tuple[Offer, ...]


def a_day_more(answer: Allocation, days: SchoolDays, *, on: date) -> Bought | None:
    """Like the fullest of the days there are; None where no guidance is asked for or no slot is free."""
    slots = [one for one in answer.problem.offers if one.kind == "slot"]
    if not slots:
        return None
    by_day = Counter(one.start.date() for one in slots)
    like = max(sorted(by_day), key=lambda day: by_day[day])
    day = days.after(on + LEAST, 1)
    while day in by_day:
        day = days.after(day, 1)
    moved = day - like
    same = [one for one in slots if one.start.date() == like]
    return Bought(day, tuple(
        Offer(f"bought {n:02}", "slot", one.start + moved, one.end + moved, title=f"a slot on {said(day)}")
        for n, one in enumerate(same)
    ))  # fmt: skip


def changed_by(answer: Allocation, days: SchoolDays, *, on: date, seconds: float) -> dict[str, Any]:
    """Who would have one of its slots, everybody else keeping what they have: student keys, never names.

    Made anew from nothing, equals would change places with equals and nobody could read what the day is worth.
    """
    bought = a_day_more(answer, days, on=on)
    if bought is None:
        return {}
    slots = {one.id for one in answer.problem.offers if one.kind == "slot"}
    worth = {
        menu.id: max(part for id, part in menu.worth.items() if id in slots)
        for menu in answer.problem.menus
        if slots & menu.worth.keys()
    }
    kept = replace(answer.problem, pins=tuple(Pin(place.student, place.offer) for place in answer.places))
    change = one_more(now=replace(answer, problem=kept), bought=bought.slots, worth=worth, seconds=seconds)
    new = {one.id for one in bought.slots}
    given = [place for place in change.after.places if place.offer in new]
    return {"day": bought.day.isoformat(), "slots": len(bought.slots), "reached": [place.student for place in given]}

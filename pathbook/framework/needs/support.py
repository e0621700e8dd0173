"""Needs that rest on a student's support and circumstances: shown only to those who may read these."""

from collections.abc import Iterator
from datetime import timedelta

from pathbook.framework.in_words import in_a_sentence
from pathbook.framework.needs.facts import Known
from pathbook.framework.needs.guidance import booked_ahead, held, missed
from pathbook.framework.needs.need import Evidence, Found
from pathbook.framework.needs.programme import A_MEETING, said
from pathbook.framework.needs.rules import Rule
from pathbook.framework.needs.school_day import SchoolDay

MANY_MISSED = 3  # fewer activities than this say nothing about a habit


def review_due(who: Known, rule: Rule, day: SchoolDay) -> Iterator[Found]:
    """An annual review that comes soon (or has passed) with no guidance meeting in the half year before it."""
    if who.facts.circumstances.sen != "E" or who.year_group < rule.settings["from_year_group"]:
        return
    review = who.facts.review
    if review is None:
        yield Found("Has an EHC plan, and the day of its annual review is not recorded here yet.", day.year.last_day,
                    about="unknown", step="Record the day of the next annual review.")  # fmt: skip
        return
    opens = review.on - timedelta(days=rule.settings["window_days"])
    if (review.on - day.as_of).days > rule.settings["ahead_days"]:
        return
    if not any(one.held_on and one.held_on >= opens for one in held(who, day)):
        booked = booked_ahead(who, day)
        is_on = "is on" if review.on >= day.as_of else "was due on"
        yield Found(
            f"The annual review {is_on} {said(review.on)} and no guidance meeting was held in the half year before it.",
            review.on, (Evidence("review", review.id),), booked=booked,
            step="Hold the guidance meeting that is booked before the review." if booked else "", wants=A_MEETING,
        )  # fmt: skip


def barrier(who: Known, rule: Rule, day: SchoolDay) -> Iterator[Found]:
    for one in who.facts.barriers:
        item = rule.items.get(one.kind) or rule.items["other"]
        due = one.by or one.since + timedelta(days=rule.settings["days"])
        yield Found(f"Something in the way was recorded on {said(one.since)}: {in_a_sentence(item.label)}.", due,
                    (Evidence("barrier", one.id),), about=one.id, item=item, step=item.step)  # fmt: skip


def neet_risk(who: Known, rule: Rule, day: SchoolDay) -> Iterator[Found]:
    """The factors of the school's own table that are true of the student, added up; each is named with its weight."""
    if who.year_group not in rule.settings["year_groups"]:
        return
    true = [item for item in rule.items.values() if item.weight > 0 and _is_true(item.id, who, day)]
    total = sum(item.weight for item in true)
    if true and total >= rule.settings["enough"]:
        named = ", ".join(f"{item.label} ({item.weight:g})" for item in true)
        yield Found(
            f"{named}: {total:g} in all, where {rule.settings['enough']:g} is enough to ask.", day.year.last_day,
            tuple(Evidence("factor", item.id) for item in true),
        )  # fmt: skip


def _is_true(factor: str, who: Known, day: SchoolDay) -> bool:
    facts = who.facts
    first = facts.student.first_enrolled
    return {
        "looked_after": lambda: facts.circumstances.looked_after,
        "ehcp": lambda: facts.circumstances.sen == "E",
        "sen_support": lambda: facts.circumstances.sen == "K",
        "eal": lambda: facts.circumstances.eal,
        "young_carer": lambda: facts.circumstances.young_carer,
        "free_meals": lambda: facts.circumstances.free_meals,
        "barrier": lambda: bool(facts.barriers),
        "joined_late": lambda: who.year_group > 7 and first is not None and first >= day.year.first_day,
        "undecided": lambda: facts.hope is None or facts.hope.pathway in ("undecided", ""),
        "missed_guidance": lambda: bool(missed(who, day, within=365)),
        "missed_activities": lambda: _misses_often(who, day),
    }[factor]()


def _misses_often(who: Known, day: SchoolDay) -> bool:
    first = day.year.first_day
    away = sum(one.on >= first for one in who.missed)
    there = sum(one.on >= first for one in who.attended)
    return away >= MANY_MISSED and away * 3 >= away + there

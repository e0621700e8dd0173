"""Who was not there when their group had something, and who came from elsewhere with nothing sent on."""

from collections.abc import Iterator
from datetime import date, timedelta

from pathbook.framework.needs.facts import Known
from pathbook.framework.needs.need import Evidence, Found
from pathbook.framework.needs.programme import HeldForGroup, Wanted, said
from pathbook.framework.needs.rules import Rule
from pathbook.framework.needs.school_day import SchoolDay

WORDS = {
    "employer_encounter": "an employer encounter", "workplace_experience": "a workplace experience",
    "provider_encounter": "a meeting with a college or training provider", "he_visit": "a visit to a university",
    "labour_market_information": "information about jobs",
}  # fmt: skip


def absent(who: Known, rule: Rule, day: SchoolDay) -> Iterator[Found]:
    """One need a kind, naming the last thing missed; not where the kind was had since, here or elsewhere."""
    attended = {one.activity.activity_id for one in who.attended}
    latest: dict[str, date] = {}
    for one in who.attended:
        for kind in one.activity.kinds:
            latest[kind] = max(latest.get(kind, one.on), one.on)
    lost: dict[str, list[HeldForGroup]] = {}
    for held in day.programme.held.get(who.facts.student.tutor_group, ()):
        kind = next((kind for kind in rule.settings["kinds"] if kind in held.kinds), "")
        if kind and held.id not in attended and latest.get(kind, date.min) < held.on and _was_here(who, held.on):
            lost.setdefault(kind, []).append(held)
    for kind, missed in sorted(lost.items()):
        last = max(missed, key=lambda held: (held.on, held.id))
        yield Found(
            f"Missed {WORDS[kind]} that most of the tutor group had: {last.title}, {said(last.on)}.", day.year.last_day,
            tuple(Evidence("activity", held.id) for held in missed), about=kind, wants=Wanted(frozenset({kind})),
        )  # fmt: skip


def _was_here(who: Known, on: date) -> bool:
    """A student who joined later missed nothing: the criteria say what they lack."""
    first = who.facts.student.first_enrolled
    return first is None or first <= on


def prior_record(who: Known, rule: Rule, day: SchoolDay) -> Iterator[Found]:
    """Joined this academic year above Year 7, and nothing received nor "asked, none held" recorded."""
    student = who.facts.student
    first = student.first_enrolled
    if first is None or student.year_group < 8 or not day.year.first_day <= first <= day.as_of:
        return
    if not any(on <= day.as_of for on in student.prior_records):
        criterion = "GB3.3" if day.set_id == "2025" else ""
        due = first + timedelta(days=rule.settings["days"])
        yield Found(f"Joined on {said(first)}, and nothing from the earlier school is here yet.", due,
                    criterion=criterion)  # fmt: skip

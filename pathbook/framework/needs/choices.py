"""What a student hopes for and means to do, against what the programme gave them and how near the choice is."""

from collections.abc import Iterator
from datetime import timedelta

from pathbook.framework.in_words import in_a_sentence
from pathbook.framework.kinds import PROVIDER_TYPES
from pathbook.framework.needs.days import due_by, guarantee_day, in_year
from pathbook.framework.needs.facts import Hope, Known
from pathbook.framework.needs.guidance import booked_ahead, held
from pathbook.framework.needs.need import Evidence, Found
from pathbook.framework.needs.programme import A_MEETING, Wanted, said
from pathbook.framework.needs.rules import Rule
from pathbook.framework.needs.school_day import SchoolDay

MEETS = {
    "sixth_form": "sixth_form", "fe_college": "fe_college", "t_level": "fe_college",
    "apprenticeship": "training_provider", "university": "university",
}  # fmt: skip
SAID = {
    "sixth_form": "sixth form", "fe_college": "a college course", "t_level": "a T Level",
    "apprenticeship": "an apprenticeship", "university": "university",
}  # fmt: skip
ENCOUNTERS = frozenset({"employer_encounter", "workplace_experience", "provider_encounter", "he_visit"})
GUIDANCE_BOOKED = "Talk it through in the guidance meeting that is booked."


def aspiration_unmet(who: Known, rule: Rule, day: SchoolDay) -> Iterator[Found]:
    """The latest hope, if said not too long ago: nobody met from its sector, or no provider of its pathway."""
    hope = who.facts.hope
    if hope is None:
        return
    yield from _university_visits(who, hope, day)
    if hope.on < day.as_of - timedelta(days=rule.settings["within_days"]):
        return
    evidence = (Evidence("aspiration", hope.id),)
    if hope.sector and not _met_sector(who, hope.sector, day):
        yield Found(
            f"Hopes for {in_a_sentence(hope.sector)} (said {said(hope.on)}) and has met nobody who works in it yet.",
            day.year.last_day, evidence, about="sector", rests_on=hope.sector, item=rule.items["sector"],
            wants=Wanted(ENCOUNTERS, sector=hope.sector),
        )  # fmt: skip
    wanted = MEETS.get(hope.pathway, "")
    row = f"GB7.1.{wanted}"
    verdict = who.facts.judged.verdicts.get(row)
    if verdict is None or verdict.met or who.facts.judged.applies(row):  # where it applies, the entitlement says it
        return
    yield Found(
        f"Hopes for {SAID[hope.pathway]} (said {said(hope.on)}) and has not met a {in_a_sentence(PROVIDER_TYPES[wanted])} yet."
        .replace("a fe college", "a further education college"),
        day.year.last_day, evidence, about="pathway", rests_on=wanted, item=rule.items["pathway"],
        wants=Wanted(frozenset({"provider_encounter"}), provider_type=wanted),
    )  # fmt: skip


def _university_visits(who: Known, hope: Hope, day: SchoolDay) -> Iterator[Found]:
    """GB7.2 is asked only of those who name university. Said here and not as an entitlement, so that recording an
    aspiration never adds an entitlement gap.
    """
    judged = who.facts.judged
    if judged.applies("GB7.2") and not judged.verdicts["GB7.2"].met:
        verdict = judged.verdicts["GB7.2"]
        yield Found(
            f"Hopes for university (said {said(hope.on)}) and has made {verdict.had:g} of {verdict.needed:g} visits.",
            due_by(day.rows["GB7.2"], who.year_group, day.year), (Evidence("aspiration", hope.id),), criterion="GB7.2",
            rests_on=f"{verdict.had:g}", wants=Wanted(frozenset({"he_visit"})),
        )  # fmt: skip


def _met_sector(who: Known, sector: str, day: SchoolDay) -> bool:
    of = day.programme.sectors
    return any(
        sector in of.get(one.activity.activity_id, ()) and one.activity.kinds & ENCOUNTERS for one in who.attended
    )


def undecided(who: Known, rule: Rule, day: SchoolDay) -> Iterator[Found]:
    by = rule.settings["by"].get(str(who.year_group))
    hope = who.facts.hope
    if by is None or hope is None or hope.pathway not in ("undecided", ""):
        return
    choice = in_year(day.year, by)
    if (choice - day.as_of).days <= rule.settings["near_days"]:
        booked = booked_ahead(who, day)
        yield Found(
            f"Not decided yet (said {said(hope.on)}), and the choice in Year {who.year_group} is made by {said(choice)}.",
            choice, (Evidence("aspiration", hope.id),), booked=booked, step=GUIDANCE_BOOKED if booked else "",
            wants=A_MEETING,
        )  # fmt: skip


def said_unsure(who: Known, rule: Rule, day: SchoolDay) -> Iterator[Found]:
    """Until they were met after saying so, or answer otherwise."""
    said_so = who.facts.unsure
    if said_so is None or any(one.held_on and one.held_on >= said_so.on for one in held(who, day)):
        return
    booked = booked_ahead(who, day)
    yield Found(
        f"Answered on {said(said_so.on)} that they do not know their next step.",
        said_so.on + timedelta(days=rule.settings["days"]), (Evidence("survey response", said_so.id),), booked=booked,
        step=GUIDANCE_BOOKED if booked else "", wants=A_MEETING,
    )  # fmt: skip


def no_intention(who: Known, rule: Rule, day: SchoolDay) -> Iterator[Found]:
    if not _guarantee_nears(who, rule, day):
        return
    first = day.year.first_day
    if not any(first <= on <= day.as_of for on in who.facts.student.intentions):
        criterion = "GB3.5.intention" if who.facts.judged.applies("GB3.5.intention") else ""
        due = guarantee_day(day.year)
        yield Found(f"No intended next step is recorded this school year, and a place is promised by {said(due)}.",
                    due, criterion=criterion)  # fmt: skip


def no_offer(who: Known, rule: Rule, day: SchoolDay) -> Iterator[Found]:
    if _guarantee_nears(who, rule, day) and not any(one.stands for one in who.facts.offers):
        due = guarantee_day(day.year)
        evidence = tuple(Evidence("offer", one.id) for one in who.facts.offers)
        lost = " that still stands" if evidence else ""
        yield Found(f"No offer of a place{lost} is recorded, and one is promised by {said(due)}.", due, evidence)


def _guarantee_nears(who: Known, rule: Rule, day: SchoolDay) -> bool:
    before = rule.settings["days_before"].get(str(who.year_group))
    return before is not None and (guarantee_day(day.year) - day.as_of).days <= before

"""Guidance meetings and what was agreed in them: missed, not written up, long ago, and actions past their day."""

from collections.abc import Iterator
from datetime import timedelta

from pathbook.framework.facts import Met
from pathbook.framework.needs.days import in_year
from pathbook.framework.needs.facts import Known
from pathbook.framework.needs.need import Evidence, Found
from pathbook.framework.needs.programme import A_MEETING, said
from pathbook.framework.needs.rules import Rule
from pathbook.framework.needs.school_day import SchoolDay
from pathbook.framework.tally import is_recorded

GO_TO_IT = "Go to the guidance meeting that is booked."
BY_AGE = ("GB8.1", "GB8.1a", "GB8.1b", "GB8.2", "GB8.1C")


def booked_ahead(who: Known, day: SchoolDay) -> bool:
    """Is there a meeting booked for today or later (or booked with no day said)?"""
    planned = who.facts.planned_on
    booked = (one for one in who.facts.student.met if one.status == "booked")
    return any(planned.get(one.meeting_id, day.as_of) >= day.as_of for one in booked)


def held(who: Known, day: SchoolDay) -> list[Met]:
    return [one for one in who.facts.student.met if one.status == "held" and one.held_on and one.held_on <= day.as_of]


def missed(who: Known, day: SchoolDay, *, within: int) -> list[Met]:
    """Meetings not attended in so many days, with none held or booked since."""
    planned = who.facts.planned_on
    since = max((one.held_on for one in held(who, day) if one.held_on), default=None)
    if booked_ahead(who, day):
        return []
    return [
        one
        for one in who.facts.student.met
        if one.status == "not_attended"
        and day.as_of - timedelta(days=within) <= planned.get(one.meeting_id, one.booked_on or day.as_of) <= day.as_of
        and (since is None or since < planned.get(one.meeting_id, one.booked_on or day.as_of))
    ]


def unanswered(who: Known, day: SchoolDay, *, within: int) -> list[Met]:
    """Of those missed, the ones with no reason for there being no next one."""
    return [one for one in missed(who, day, within=within) if one.meeting_id not in who.facts.settled]


def guidance_missed(who: Known, rule: Rule, day: SchoolDay) -> Iterator[Found]:
    meetings = unanswered(who, day, within=rule.settings["within_days"])
    if meetings:
        last = max(who.facts.planned_on.get(one.meeting_id, one.booked_on or day.as_of) for one in meetings)
        evidence = tuple(Evidence("guidance_meeting", one.meeting_id) for one in meetings)
        due = day.programme.days.after(last, rule.settings["school_days"])
        yield Found(f"The guidance meeting on {said(last)} did not happen and no other is booked.", due, evidence,
                    wants=A_MEETING)  # fmt: skip


def guidance_not_written(who: Known, rule: Rule, day: SchoolDay) -> Iterator[Found]:
    for one in held(who, day):
        if one.held_on and one.held_on >= day.year.first_day and not is_recorded(one, day.as_of):
            lacks = "what was agreed" if one.has_summary else "the shared summary"
            yield Found(
                f"The guidance meeting on {said(one.held_on)} was held and {lacks} is not written down yet.",
                day.programme.days.after(one.held_on, rule.settings["school_days"]),
                (Evidence("guidance_meeting", one.meeting_id),), about=one.meeting_id, rests_on=lacks,
            )  # fmt: skip


def guidance_due(who: Known, rule: Rule, day: SchoolDay) -> Iterator[Found]:
    """Only where no criterion asks for a meeting already, and none is missed: one need for one meeting."""
    judged = who.facts.judged
    asked = any(row in judged.applying and not judged.verdicts[row].met for row in BY_AGE)
    meetings = held(who, day)
    last = max((one.held_on for one in meetings if one.held_on), default=None)
    if last is None or asked or who.year_group not in rule.settings["year_groups"]:
        return
    if (day.as_of - last).days <= rule.settings["days_since"] or unanswered(who, day, within=365):
        return
    evidence = tuple(Evidence("guidance_meeting", one.meeting_id) for one in meetings if one.held_on == last)
    yield Found(
        f"The last guidance meeting was on {said(last)}, and the next step is chosen this year.",
        in_year(day.year, rule.settings["by"]), evidence, booked=booked_ahead(who, day), wants=A_MEETING,
        step=GO_TO_IT if booked_ahead(who, day) else "",
    )  # fmt: skip


def action_overdue(who: Known, rule: Rule, day: SchoolDay) -> Iterator[Found]:
    for one in who.facts.actions:
        if one.due < day.as_of:
            what = one.what.rstrip(" .")
            yield Found(f"“{what}” ({one.owner.lower()}) was due on {said(one.due)} and is still open.", one.due,
                        (Evidence("action", one.id),), about=one.id)  # fmt: skip

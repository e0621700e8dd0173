"""An adviser's or a student's meetings, or the programme, as a calendar that other calendars follow. It names nobody.

A meeting keeps its UID for life; each move or cancellation has a higher SEQUENCE, and one that is cancelled, or moved to
another adviser, is still sent as CANCELLED, so that it goes from the calendars that had it.
Times carry Europe/London with its own clock changes.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone
from icalendar import Calendar, Event

from pathbook.records.models import Activity, CalendarFeed, GuidanceMeeting
from pathbook.records.queries.slots import day_of

SUMMARY, PROGRAMME = "Guidance meeting", "Careers programme"
BACK = timedelta(days=366)
PRODUCT = "-//Pathbook//Guidance meetings//EN"
Status = GuidanceMeeting.Status


def feed_of(key: str, *, on: date) -> CalendarFeed | None:
    """The feed of this address while it is not ended: of an adviser only while they work here and may sign in."""
    gone = Q(adviser__ends_on__lt=on) | Q(adviser__account__is_active=False)
    return CalendarFeed.objects.filter(key=key, ended_at=None).exclude(gone).first()


def calendar_of(feed: CalendarFeed, *, on: date) -> bytes:
    """Of the last year and all to come; two queries at most."""
    calendar, of_school = Calendar(), feed.adviser_id is None and feed.student_id is None
    for name, value in (
        ("PRODID", PRODUCT),
        ("VERSION", "2.0"),
        ("METHOD", "PUBLISH"),
        ("X-WR-CALNAME", PROGRAMME if of_school else SUMMARY + "s"),
    ):
        calendar.add(name, value)
    for event in _activities(feed, on - BACK) if of_school else _of_meetings(feed, on - BACK):
        calendar.add_component(event)
    calendar.add_missing_timezones()
    written: bytes = calendar.to_ical()
    return written


def _activities(feed: CalendarFeed, since: date) -> Iterator[Event]:
    """The school's own, by their days; what is taken out is still sent, as cancelled."""
    rows = Activity.objects.of_our_own().filter(institution=feed.institution_id, starts_on__gte=since)
    for row in rows.order_by("starts_on", "pk"):
        event = Event()
        event.add("UID", f"{row.key}@pathbook")
        event.add("SUMMARY", row.title)
        event.add("DTSTAMP", row.withdrawn_at or row.recorded_at)
        event.add("SEQUENCE", row.version - 1 + bool(row.withdrawn_at))
        event.add("STATUS", "CANCELLED" if row.withdrawn_at else "CONFIRMED")
        event.add("DTSTART", row.starts_on)
        event.add("DTEND", row.ends_on + timedelta(days=1))
        event.add("TRANSP", "TRANSPARENT")
        yield event


def _of_meetings(feed: CalendarFeed, since: date) -> Iterator[Event]:
    for meeting in _meetings(feed, since):
        gone = meeting.status == Status.CANCELLED or feed.adviser_id not in (None, meeting.adviser_id)
        yield _event(meeting, gone=gone)


def _meetings(feed: CalendarFeed, since: date) -> list[GuidanceMeeting]:
    theirs = Q(adviser=feed.adviser_id) | Q(was_with=feed.adviser_id)
    whose = theirs if feed.adviser_id else Q(student=feed.student_id)
    rows = GuidanceMeeting.objects.filter(whose, planned_on__gte=since).distinct().select_related("slot")
    return list(
        rows.only("key", "status", "sequence", "planned_on", "recorded_at", "adviser", "slot").order_by(
            "planned_on", "pk"
        )
    )


def _event(meeting: GuidanceMeeting, *, gone: bool) -> Event:
    event, slot = Event(), meeting.slot
    event.add("UID", f"{meeting.key}@pathbook")
    event.add("SUMMARY", SUMMARY)
    event.add("DTSTAMP", meeting.recorded_at)
    event.add("SEQUENCE", meeting.sequence)
    event.add("STATUS", "CANCELLED" if gone else "CONFIRMED")
    if slot and day_of(slot) == meeting.planned_on:
        event.add("DTSTART", timezone.localtime(slot.starts_at))
        event.add("DTEND", timezone.localtime(slot.ends_at))
        event.add("LOCATION", "Online" if slot.online and not slot.place else slot.place)
    else:
        event.add("DTSTART", meeting.planned_on)
    return event

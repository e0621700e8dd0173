"""Meetings with advisers at Northbridge, as far as they have come by its day: booked, held, missed, moved, written up."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from pathbook.demo import wording
from pathbook.demo.agreed import YearOfActions
from pathbook.demo.bookings import Sitting
from pathbook.demo.happenings import LEADER, moment, new_key
from pathbook.demo.hopes import Aim, Hopes, Said, in_their_words, stage_of, talked_over
from pathbook.demo.people import Cast
from pathbook.demo.roll import Person
from pathbook.demo.sentences import CANCELLED, MOVED, NO_NEXT, NOT_ATTENDED, PURPOSES, REVIEW
from pathbook.records.models import GuidanceMeeting, MeetingDraft

NOT_WRITTEN, NOTHING_AGREED = 0.045, 0.025  # of the meetings held
BEHIND = timedelta(days=9)  # the write-ups of the last days are not all done
BOOKED_AHEAD = ((4, 1.0), (15, 0.9), (29, 0.6), (57, 0.25))  # up to so many days ahead, so likely
Status = GuidanceMeeting.Status


@dataclass(slots=True)
class Book:
    """What is to be written down when every year has been gone through."""

    cast: Cast
    today: date
    last: int  # the academic year of today
    hopes: Hopes
    meetings: list[GuidanceMeeting] = field(default_factory=list)
    drafts: list[MeetingDraft] = field(default_factory=list)
    told: list[tuple[Sitting, GuidanceMeeting]] = field(default_factory=list)  # those with a summary


def hold_the_year(rng: Random, book: Book, sittings: Sequence[Sitting], actions: YearOfActions) -> None:
    """Every sitting in turn; the last year keeps some loose ends, those before it were tidied."""
    held = [one for one in sittings if one.held]
    silent = rng.sample(held, round(len(held) * (NOT_WRITTEN + NOTHING_AGREED)))
    unwritten = set(silent[: round(len(held) * NOT_WRITTEN)])
    nothing = set(silent) - unwritten
    actions.share_out(rng, [one for one in held if one not in unwritten and one not in nothing], of=len(held))
    for sitting in sittings:
        if sitting.gave_up:
            _cancelled(rng, book, sitting)
        if sitting.day >= book.today:
            _booked(rng, book, sitting)
        elif sitting.held:
            _held(rng, book, sitting, actions, written=sitting not in unwritten, nothing=sitting in nothing)
        else:
            _missed(rng, book, sitting)


def _meeting(rng: Random, book: Book, sitting: Sitting, **said: object) -> GuidanceMeeting:
    slot, spell = sitting.slot, sitting.spell
    ahead = rng.randrange(4, 20) if sitting.after is None else 1
    booked = max(sitting.day - timedelta(days=ahead), spell.start, sitting.after.day if sitting.after else spell.start)
    moved = {"sequence": 1, "version": 2, "reason": rng.choice(MOVED)} if sitting.moved else {}
    purpose = REVIEW if sitting.after and sitting.after.held else rng.choice(PURPOSES[stage_of(spell.year_group)])
    row = GuidanceMeeting(
        key=new_key(rng), institution=book.cast.school, student=book.cast.students[sitting.person.number],
        adviser=slot.adviser, adviser_name=slot.adviser.name, adviser_level=slot.adviser.level, slot=slot,
        booked_on=min(booked, book.today), planned_on=sitting.day, purpose=purpose, recorded_by=slot.adviser.name,
        recorded_at=moment(min(sitting.day, book.today)), **(moved | said),
    )  # fmt: skip
    book.meetings.append(row)
    return row


def _booked(rng: Random, book: Book, sitting: Sitting) -> None:
    """Further ahead, fewer are booked; what follows a missed meeting always is, what follows one to come not yet."""
    before, ahead = sitting.after, (sitting.day - book.today).days
    if before and before.day >= book.today:
        return
    chance = next((chance for days, chance in BOOKED_AHEAD if ahead < days), 0.0)
    if (before and not before.held) or rng.random() < chance:
        _meeting(rng, book, sitting, status=Status.BOOKED)


def _missed(rng: Random, book: Book, sitting: Sitting) -> None:
    """Of earlier years none is left with neither a next slot nor a reason."""
    why = sitting.became == "reason" or (sitting.became == "neither" and sitting.spell.year < book.last)
    _meeting(rng, book, sitting, status=Status.NOT_ATTENDED, reason=rng.choice(NOT_ATTENDED),
             no_next=rng.choice(NO_NEXT) if why else "")  # fmt: skip


def _cancelled(rng: Random, book: Book, sitting: Sitting) -> None:
    """Whoever gave the slot up some days before; they are met later in the year."""
    person, spell = sitting.gave_up or (sitting.person, sitting.spell)
    said = max(sitting.day - timedelta(days=rng.randrange(1, 4)), spell.start)
    if said > book.today:
        return
    given_up = Sitting(sitting.slot, sitting.day, person, spell, held=False)
    row = _meeting(rng, book, given_up, status=Status.CANCELLED, reason=rng.choice(CANCELLED), sequence=1, version=2)
    row.recorded_by, row.recorded_at = LEADER, moment(said)
    row.booked_on = min(row.booked_on or said, said)


def _held(rng: Random, book: Book, sitting: Sitting, actions: YearOfActions, *, written: bool, nothing: bool) -> None:
    behind = sitting.day > book.today - BEHIND and rng.random() < 0.4
    row = _meeting(rng, book, sitting, status=Status.HELD, held_on=sitting.day,
                   minutes=rng.choice((30, 35, 40, 45, 45, 45)))  # fmt: skip
    actions.met_again(sitting, row)
    if not written or behind:
        if behind:
            book.drafts.append(_draft(book, row, sitting))
        return
    _write_up(rng, book, sitting, row, nothing=nothing)
    if not nothing:
        actions.agree(rng, sitting, row, book.hopes.on(sitting.person, sitting.day))
    book.told.append((sitting, row))


def _write_up(rng: Random, book: Book, sitting: Sitting, row: GuidanceMeeting, *, nothing: bool) -> None:
    person, stage = sitting.person, stage_of(sitting.spell.year_group)
    before = book.hopes.on(person, sitting.day)
    aim = talked_over(rng, before, sitting.spell) if rng.random() < 0.6 else before
    if aim != before:
        book.hopes.say(person, Said(sitting.day, aim, in_their_words(rng, aim), row.key), written=True)
    row.summary = wording.summary(rng, name_of(person), aim, stage, nothing_agreed=nothing)
    row.nothing_agreed, row.sharing_agreed_on = nothing, sitting.day
    row.shared_with_parent = rng.random() < 0.55
    row.private_note = wording.private_note(rng, aim, stage) if rng.random() < 0.6 else ""
    row.version += 1


def _draft(book: Book, row: GuidanceMeeting, sitting: Sitting) -> MeetingDraft:
    """Begun after the meeting, and the bell went."""
    aim: Aim = book.hopes.on(sitting.person, sitting.day)
    about = f"{name_of(sitting.person)} and I talked about {aim.wish.job if aim.wish else 'what they enjoy'}."
    said = {"held_on": sitting.day.isoformat(), "minutes": str(row.minutes), "purpose": row.purpose, "summary": about}
    return MeetingDraft(
        meeting=row, author_id=sitting.slot.adviser.account_id or 0, base=row.version,
        says={"window": row.key, "said": said, "others": []}, recorded_by=row.adviser_name,
        recorded_at=moment(sitting.day, 17),
    )  # fmt: skip


def name_of(person: Person) -> str:
    return person.preferred or person.forename or person.surname

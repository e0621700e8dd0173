"""Writing up a meeting: a draft nothing is lost from, a filing that is whole or not at all, a history that stays."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pathbook.audit.models import Event
from pathbook.people.models import Role
from pathbook.records.actions import drafts, writing_up
from pathbook.records.actions.actions_of_meeting import Agreed, RefusedError
from pathbook.records.actions.aspirations import Hoped
from pathbook.records.actions.drafts import Seen
from pathbook.records.actions.writing_up import MovedOnError, WrittenUp
from pathbook.records.models import Action, Aspiration, GuidanceMeeting, MeetingDraft
from tests import make

pytestmark = pytest.mark.django_db
HELD = date(2026, 2, 5)
COLLEGE = Agreed("Visit the college", "student", HELD + timedelta(days=20))
HOPE = Hoped("a paramedic", "Paramedics", "2255", "Health and social care", "university", 4)
SAID = WrittenUp(
    HELD, 45, 6, purpose="Options", sharing_agreed_on=HELD, summary="She means to be a paramedic.",
    private_note="Worried about home.", actions=(COLLEGE, Agreed("Send the dates", "tutor", HELD)), hoped=HOPE,
)  # fmt: skip
FORM = {"summary": "She means", "private_note": "Worried"}


def adviser(name="Dan Okafor", level=6):
    someone = make.account(name)
    make.role(someone, Role.ADVISER)
    make.staff(name, level=level, account=someone)
    return make.viewer(someone)


@pytest.fixture
def dan():
    return adviser()


@pytest.fixture
def amara():
    return make.student("Amara", "Ode", year=11, group="11A")


@pytest.fixture
def booked(amara, dan):
    from pathbook.people.models import Staff

    dan_himself = Staff.objects.get(account_id=dan.account_id)
    return make.guidance_meeting(amara, on=HELD, status="booked", planned_on=HELD, adviser=dan_himself)


def file(meeting, by, written=SAID, window="window", base=None, draft=0, now=make.NOW):
    meeting.refresh_from_db()
    seen = Seen(window, base or meeting.version, draft)
    return writing_up.file(meeting=meeting, written=written, seen=seen, by=by, at=now)


def keep(meeting, by, words, window="first", base=1, draft=0):
    said = FORM | {"summary": words}
    return drafts.keep(meeting=meeting, said=said, seen=Seen(window, base, draft), by=by, at=make.NOW)


# drafts


def test_a_draft_is_kept_and_kept_again_and_its_author_finds_it(booked, dan):
    assert keep(booked, dan, "She") and keep(booked, dan, "She means")
    assert drafts.draft_of(booked, dan).said["summary"] == "She means"
    assert MeetingDraft.objects.count() == 1


def test_nobody_else_finds_it(booked, dan):
    keep(booked, dan, "She")
    assert drafts.draft_of(booked, make.viewer(make.careers_leader())) is None
    assert drafts.draft_of(booked, adviser("Lena Moss")) is None


def test_two_writers_have_a_draft_each(booked, dan):
    leader = make.viewer(make.careers_leader())
    assert keep(booked, dan, "Mine") and keep(booked, leader, "Also mine", window="leaders")
    assert drafts.draft_of(booked, dan).said["summary"] == "Mine"


def test_a_window_that_has_not_seen_the_other_is_stopped_and_both_are_kept(booked, dan):
    keep(booked, dan, "Typed first", window="first")
    assert not keep(booked, dan, "Typed second", window="second", draft=0)
    draft = drafts.draft_of(booked, dan)
    assert draft.said["summary"] == "Typed first"
    assert [other.said["summary"] for other in draft.others] == ["Typed second"]


def test_the_first_window_goes_on_and_the_second_stays_beside_it(booked, dan):
    keep(booked, dan, "One", window="first")
    keep(booked, dan, "Two", window="second")
    assert keep(booked, dan, "One more", window="first")
    assert not keep(booked, dan, "Two more", window="second")
    draft = drafts.draft_of(booked, dan)
    assert draft.said["summary"] == "One more"
    assert [other.said["summary"] for other in draft.others] == ["Two more"], "its last words, once"


def test_a_window_shown_both_settles_it(booked, dan):
    keep(booked, dan, "One", window="first")
    keep(booked, dan, "Two", window="second")
    shown = drafts.draft_of(booked, dan)
    assert keep(booked, dan, "One and two", window="third", draft=shown.version)
    draft = drafts.draft_of(booked, dan)
    assert draft.said["summary"] == "One and two" and draft.others == ()
    assert not keep(booked, dan, "One again", window="first"), "the first has not seen the third"


def test_a_window_opened_before_the_second_spoke_does_not_wipe_it(booked, dan):
    keep(booked, dan, "One", window="first")
    before = drafts.draft_of(booked, dan).version
    keep(booked, dan, "Two", window="second")
    assert not keep(booked, dan, "Three", window="third", draft=before)
    assert {other.said["summary"] for other in drafts.draft_of(booked, dan).others} == {"Two", "Three"}


def test_the_same_words_in_two_windows_are_no_quarrel(booked, dan):
    keep(booked, dan, "One", window="first")
    assert keep(booked, dan, "One", window="second")
    assert drafts.draft_of(booked, dan).others == ()


def test_nothing_new_is_not_written_again(booked, dan):
    keep(booked, dan, "One")
    version = drafts.draft_of(booked, dan).version
    keep(booked, dan, "One")
    assert drafts.draft_of(booked, dan).version == version


def test_what_is_typed_after_somebody_filed_is_kept_and_said(booked, dan):
    file(booked, make.viewer(make.careers_leader()), replace(SAID, private_note=None))
    assert not keep(booked, dan, "Late words", base=1)
    assert drafts.draft_of(booked, dan).said["summary"] == "Late words"


def test_a_draft_is_noted_once_and_never_its_words(booked, dan):
    for words in ("secret a", "secret b", "secret c"):
        keep(booked, dan, words)
    assert [event.verb for event in Event.objects.filter(noun="draft")] == ["created"]
    assert not any("secret" in str(event.detail) for event in Event.objects.all())


# filing


def test_filing_holds_the_meeting_with_all_that_was_said(booked, dan, amara):
    keep(booked, dan, "half")
    file(booked, dan, window="first")
    booked.refresh_from_db()
    assert (booked.status, booked.held_on, booked.minutes, booked.adviser_level) == ("held", HELD, 45, 6)
    assert booked.summary == SAID.summary and booked.private_note == SAID.private_note
    assert [(one.what, one.owner, one.agreed_on) for one in booked.actions.order_by("due_on")] == [
        ("Send the dates", "tutor", HELD), ("Visit the college", "student", HELD),
    ]  # fmt: skip
    hope = Aspiration.objects.get(student=amara)
    assert (hope.words, hope.soc2020, hope.certainty, hope.meeting) == ("a paramedic", "2255", 4, booked)
    assert not MeetingDraft.objects.exists()


def test_the_audit_says_what_was_written_and_none_of_its_words(booked, dan):
    file(booked, dan)
    events = list(Event.objects.all())
    assert {event.noun for event in events} == {"meeting", "action", "aspiration"}
    meeting = next(event for event in events if event.noun == "meeting")
    assert meeting.detail["after"]["summary_written"] is True and meeting.detail["before"]["status"] == "booked"
    said = " ".join(str(event.detail) for event in events)
    assert not any(word in said for word in ("paramedic", "Worried", "college", "Options"))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"actions": (replace(COLLEGE, due_on=HELD - timedelta(days=1)),)},
         "“Visit the college” would be due before its meeting: choose a day from 5 Feb 2026 on."),
        ({"actions": (replace(COLLEGE, due_on=None),)}, "Say by when each action is due."),
        ({"nothing_agreed": True}, "Clear the actions, or untick that nothing was agreed: it cannot be both."),
        ({"sharing_agreed_on": None}, "Say when sharing was agreed with the student: the summary is shared."),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_one_sentence_and_nothing_is_written(booked, dan, wrong, sentence):
    with pytest.raises(RefusedError) as refused:
        file(booked, dan, replace(SAID, **wrong))
    assert str(refused.value) == sentence
    booked.refresh_from_db()
    assert booked.status == "booked" and not Action.objects.exists() and not Event.objects.exists()


def test_an_action_due_on_the_day_of_its_meeting_is_taken(booked, dan):
    file(booked, dan, replace(SAID, actions=(replace(COLLEGE, due_on=HELD),)))
    assert Action.objects.get().due_on == HELD


@pytest.mark.parametrize("status", ["cancelled", "not_attended"])
def test_a_meeting_that_was_not_held_is_not_written_up(booked, dan, status):
    GuidanceMeeting.objects.filter(pk=booked.pk).update(status=status)
    with pytest.raises(RefusedError):
        file(booked, dan)


def test_filed_twice_at_once_it_is_filed_once(booked, dan):
    file(booked, dan, base=1)
    with pytest.raises(MovedOnError):
        file(booked, dan, base=1)
    assert Action.objects.count() == 2 and Aspiration.objects.count() == 1


def test_a_window_that_has_not_seen_the_draft_does_not_file_over_it(booked, dan):
    keep(booked, dan, "In the other window", window="other")
    with pytest.raises(MovedOnError):
        file(booked, dan, window="this")
    assert drafts.draft_of(booked, dan).said["summary"] == "In the other window"


def test_a_careers_leader_files_and_neither_writes_nor_wipes_the_private_note(booked, dan):
    file(booked, dan)
    file(booked, make.viewer(make.careers_leader()), replace(SAID, private_note="Overwritten", actions=()))
    booked.refresh_from_db()
    assert booked.private_note == "Worried about home."


def test_another_adviser_neither_writes_nor_wipes_it(booked, dan):
    file(booked, dan)
    lena = adviser("Lena Moss")
    booked.refresh_from_db()
    assert not writing_up.note_is_theirs(booked, lena)
    file(booked, lena, replace(SAID, private_note="Overwritten", actions=()))
    booked.refresh_from_db()
    assert booked.private_note == "Worried about home." and booked.adviser_name == "Dan Okafor"


def test_the_adviser_who_stands_in_is_who_held_it(booked):
    lena = adviser("Lena Moss", level=4)
    file(booked, lena, replace(SAID, level=4))
    booked.refresh_from_db()
    assert (booked.adviser.name, booked.adviser_level, booked.private_note) == ("Lena Moss", 4, SAID.private_note)


# put right later


def test_what_was_agreed_is_put_right_in_place_and_a_closed_action_stays(booked, dan):
    file(booked, dan)
    college, dates = Action.objects.order_by("-due_on")
    Action.objects.filter(pk=dates.pk).update(closed_on=HELD, outcome="done")
    later = replace(COLLEGE, key=college.key, due_on=HELD + timedelta(days=30), owner="tutor")
    file(booked, dan, replace(SAID, actions=(later, Agreed("Ask at home", "student", HELD))))
    college.refresh_from_db()
    assert (college.owner, college.due_on, college.version) == ("tutor", HELD + timedelta(days=30), 2)
    assert Action.objects.count() == 3 and Action.objects.get(pk=dates.pk).outcome == "done"


def test_an_action_without_its_words_is_taken_out_and_noted(booked, dan):
    file(booked, dan, replace(SAID, actions=(COLLEGE,)))
    key = Action.objects.get().key
    file(booked, dan, replace(SAID, actions=(Agreed("", "student", None, key=key),), nothing_agreed=True))
    assert not Action.objects.exists()
    assert Event.objects.filter(noun="action", verb="removed").count() == 1


def test_an_action_closed_meanwhile_is_not_changed_under_whoever_closed_it(booked, dan):
    file(booked, dan, replace(SAID, actions=(COLLEGE,)))
    row = Action.objects.get()
    Action.objects.update(closed_on=HELD, outcome="done")
    with pytest.raises(RefusedError, match="closed meanwhile"):
        file(booked, dan, replace(SAID, actions=(replace(COLLEGE, key=row.key, owner="tutor"),)))
    row.refresh_from_db()
    assert row.owner == "student"


def test_nothing_agreed_is_refused_when_something_was_and_is_closed(booked, dan):
    file(booked, dan, replace(SAID, actions=(COLLEGE,)))
    Action.objects.update(closed_on=HELD, outcome="done")
    with pytest.raises(RefusedError):
        file(booked, dan, replace(SAID, actions=(), nothing_agreed=True))


def test_another_meetings_action_is_not_reached_by_its_key(booked, dan, amara):
    file(booked, dan, replace(SAID, actions=(COLLEGE,)))
    key = Action.objects.get().key
    other = make.guidance_meeting(amara, on=HELD, status="booked", planned_on=HELD)
    file(other, dan, replace(SAID, actions=(Agreed("", "student", None, key=key),), nothing_agreed=True))
    assert Action.objects.get().key == key


def test_moving_the_day_moves_when_its_actions_were_agreed_and_not_past_their_due_day(booked, dan):
    file(booked, dan, replace(SAID, actions=(COLLEGE,)))
    key = Action.objects.get().key
    earlier = HELD - timedelta(days=7)
    file(booked, dan, replace(SAID, held_on=earlier, actions=(replace(COLLEGE, key=key),)))
    assert Action.objects.get().agreed_on == earlier


def test_one_carried_on_keeps_the_day_it_was_carried_on(booked, dan):
    file(booked, dan, replace(SAID, actions=(COLLEGE,)))
    row = Action.objects.get()
    Action.objects.update(agreed_on=HELD + timedelta(days=5))
    file(booked, dan, replace(SAID, actions=(replace(COLLEGE, key=row.key, owner="tutor"),)))
    assert Action.objects.get().agreed_on == HELD + timedelta(days=5)
    with pytest.raises(RefusedError, match="before it was agreed"):
        file(booked, dan, replace(SAID, actions=(replace(COLLEGE, key=row.key, due_on=HELD),)))


# aspirations


def test_what_was_wanted_before_stays(booked, dan, amara):
    before = Aspiration.objects.create(
        student=amara, said_on=date(2025, 10, 1), words="a vet", recorded_by="t", recorded_at=make.NOW
    )
    file(booked, dan)
    assert [row.words for row in Aspiration.objects.order_by("said_on")] == ["a vet", "a paramedic"]
    before.refresh_from_db()
    assert before.words == "a vet"


def test_filing_again_says_it_once_and_a_change_of_mind_is_a_new_line(booked, dan):
    file(booked, dan)
    file(booked, dan, replace(SAID, actions=()))
    assert Aspiration.objects.count() == 1
    file(booked, dan, replace(SAID, actions=(), hoped=replace(HOPE, certainty=2)))
    assert [row.certainty for row in Aspiration.objects.order_by("pk")] == [4, 2]


def test_nothing_said_writes_nothing(booked, dan):
    file(booked, dan, replace(SAID, hoped=Hoped()))
    assert not Aspiration.objects.exists()


# taken back, begun, thrown away


def undo(meeting, by, version=2):
    said = {"summary": SAID.summary, "private_note": SAID.private_note or ""}
    writing_up.undo(meeting=meeting, version=version, said=said, window="undone", by=by, at=make.NOW)


def test_a_filing_taken_back_is_a_booking_and_a_draft_again(booked, dan):
    file(booked, dan)
    undo(booked, dan)
    booked.refresh_from_db()
    assert (booked.status, booked.held_on, booked.summary, booked.private_note) == ("booked", None, "", "")
    assert not Action.objects.exists() and not Aspiration.objects.exists()
    draft = drafts.draft_of(booked, dan)
    assert draft.said["summary"] == SAID.summary and draft.base == booked.version
    file(booked, dan, window="again", draft=draft.version)


def test_not_once_something_came_of_it_or_it_was_changed(booked, dan):
    file(booked, dan)
    with pytest.raises(MovedOnError):
        undo(booked, dan, version=1)
    Action.objects.filter(what="Visit the college").update(closed_on=HELD, outcome="done")
    with pytest.raises(RefusedError):
        undo(booked, dan)
    booked.refresh_from_db()
    assert booked.status == "held" and Action.objects.count() == 2


def test_taken_back_by_a_leader_the_private_note_stays_where_only_its_adviser_reads_it(booked, dan):
    file(booked, dan)
    undo(booked, make.viewer(make.careers_leader()))
    booked.refresh_from_db()
    assert booked.private_note == SAID.private_note
    assert writing_up.note_is_theirs(booked, dan)
    assert not writing_up.note_is_theirs(booked, adviser("Lena Moss"))


def begin(student, by):
    return writing_up.begin(student=student, school=make.school(), by=by, at=make.NOW, on=make.TODAY)


def test_somebody_walks_in(amara, dan):
    meeting = begin(amara, dan)
    assert (meeting.status, meeting.adviser.name, meeting.adviser_level) == ("booked", "Dan Okafor", 6)
    assert begin(amara, dan) == meeting, "gone on with, not begun twice"
    file(meeting, dan)
    assert begin(amara, dan) != meeting


def test_one_begun_and_thrown_away_leaves_nothing_and_one_booked_stays(amara, dan, booked):
    walked = make.guidance_meeting(amara, on=make.TODAY, status="booked", planned_on=make.TODAY, slot=None)
    keep(walked, dan, "words")
    drafts.drop(meeting=walked, by=dan, at=make.NOW)
    assert not GuidanceMeeting.objects.filter(pk=walked.pk).exists() and not MeetingDraft.objects.exists()
    GuidanceMeeting.objects.filter(pk=booked.pk).update(booked_on=HELD - timedelta(days=9))
    booked.refresh_from_db()
    keep(booked, dan, "words")
    drafts.drop(meeting=booked, by=dan, at=make.NOW)
    assert GuidanceMeeting.objects.filter(pk=booked.pk).exists() and not MeetingDraft.objects.exists()


def test_throwing_mine_away_leaves_anothers(amara, dan):
    meeting = begin(amara, dan)
    leader = make.viewer(make.careers_leader())
    keep(meeting, dan, "mine")
    keep(meeting, leader, "hers", window="hers")
    drafts.drop(meeting=meeting, by=dan, at=make.NOW)
    assert drafts.draft_of(meeting, leader).said["summary"] == "hers"

"""A living year of guidance at Northbridge: the figures promised, every state a school meets, and words that fit."""

import re
import sqlite3
from datetime import date, timedelta

import pytest

from pathbook.demo.term import holidays
from pathbook.framework.schooldays import Closed, SchoolDays
from tests.demo.test_northbridge import built

TODAY = date(2026, 2, 5)
HELD_THEN = "m.planned_on BETWEEN '2024-09-01' AND '2025-08-31'"  # the last complete year
DAYS = SchoolDays(tuple(Closed(*said) for year in (2024, 2025) for said in holidays(year)))
MEETINGS = "records_guidancemeeting m"
ACTIONS = "records_action a JOIN records_guidancemeeting m ON m.id = a.meeting_id"


def asked(school):
    db = sqlite3.connect(school.folder / "pathbook.sqlite3")
    return lambda query: db.execute(query).fetchall()


def ended_on(folder, today, *words):
    return asked(built(folder, *words, today=today))


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    return ended_on(tmp_path_factory.mktemp("living") / "s", TODAY.isoformat())


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    return ended_on(tmp_path_factory.mktemp("few") / "s", TODAY.isoformat(), "--students", 300, "--years", 2)


def year_of(rows, first, last):
    """Slots, meetings held and missed, and actions of the meetings between two days."""
    between = f"BETWEEN '{first}' AND '{last}'"
    ((slots,),) = rows(f"SELECT count(*) FROM records_guidanceslot WHERE date(starts_at) {between}")
    became = dict(rows(f"SELECT status, count(*) FROM {MEETINGS} WHERE planned_on {between} GROUP BY 1"))
    ((actions,),) = rows(f"SELECT count(*) FROM {ACTIONS} WHERE m.planned_on {between}")
    return slots, became["held"], became["not_attended"], actions


def test_the_last_whole_year_has_380_slots_342_meetings_38_missed_and_821_actions(rows):
    assert year_of(rows, "2024-09-01", "2025-08-31") == (380, 342, 38, 821)


def test_another_seed_has_other_meetings_and_the_same_figures_also_in_the_year_that_ends_today(rows, tmp_path):
    others = ended_on(tmp_path / "s", "2026-08-31", "--years", 2, "--seed", 4)
    assert year_of(others, "2024-09-01", "2025-08-31") == (380, 342, 38, 821)
    assert year_of(others, "2025-09-01", "2026-08-31") == (380, 342, 38, 821)
    whose = f"SELECT student_id FROM {MEETINGS} WHERE {HELD_THEN} ORDER BY planned_on, m.id"
    assert rows(whose) != others(whose)


def test_a_smaller_school_has_its_share(few):
    assert year_of(few, "2024-09-01", "2025-08-31") == (103, 93, 10, 223)


def test_slots_are_45_minutes_on_school_days_of_a_timetable_and_in_no_closure(rows):
    slots = rows(
        "SELECT date(starts_at), minutes, online, place, series FROM records_guidanceslot WHERE starts_at >= '2024-09-01'"
    )
    assert all(DAYS.is_open(date.fromisoformat(day)) for day, *_ in slots)
    assert {minutes for _, minutes, *_ in slots} == {45}
    assert {online for _, _, online, _, _ in slots} == {0, 1}
    assert all(bool(place) != bool(online) for _, _, online, place, _ in slots)
    assert 4 <= len({series for *_, series in slots}) <= 8
    assert rows("SELECT count(*) FROM records_closure") == [(5 * 7,)]


def test_the_adviser_has_five_students_today(rows):
    today = rows(f"""SELECT s.name, count(*), count(DISTINCT m.student_id) FROM {MEETINGS} JOIN people_staff s ON s.id = m.adviser_id
        WHERE m.planned_on = '{TODAY}' AND m.status = 'booked' GROUP BY 1""")
    assert today == [("Dan Okafor", 5, 5)]


@pytest.mark.parametrize("size", ["rows", "few"])
def test_what_is_to_come_is_booked_and_some_slots_are_free(size, request):
    rows = request.getfixturevalue(size)
    to_come = rows(f"""SELECT m.id IS NULL, count(*) FROM records_guidanceslot s LEFT JOIN {MEETINGS} ON m.slot_id = s.id
        AND m.status <> 'cancelled' WHERE date(s.starts_at) >= '{TODAY}' GROUP BY 1""")
    assert dict(to_come).keys() == {0, 1}
    assert rows(
        f"SELECT DISTINCT m.status FROM {MEETINGS} WHERE m.planned_on >= '{TODAY}' AND status <> 'cancelled'"
    ) == [("booked",)]
    assert rows(f"SELECT 1 FROM {MEETINGS} WHERE m.planned_on < '{TODAY}' AND status = 'booked'") == []


def missed(rows, since):
    """Each meeting missed: its day, its reason for no next one, and the next day somebody booked."""
    return [
        (date.fromisoformat(day), no_next, then and date.fromisoformat(then))
        for day, no_next, then in rows(f"""SELECT m.planned_on, m.no_next, (SELECT min(n.planned_on) FROM records_guidancemeeting n
            WHERE n.student_id = m.student_id AND n.planned_on > m.planned_on AND n.status <> 'cancelled'
            AND n.planned_on < date(m.planned_on, '+60 days')) FROM {MEETINGS} WHERE m.status = 'not_attended' AND m.planned_on >= '{since}'""")
    ]


@pytest.mark.parametrize("size", ["rows", "few"])
def test_a_missed_meeting_has_a_next_one_in_ten_school_days_or_a_reason_and_some_this_year_have_neither(size, request):
    rows = request.getfixturevalue(size)
    said = missed(rows, "2024-09-01")
    loose = [day for day, no_next, then in said if not no_next and not then]
    assert loose and all(day >= date(2025, 9, 1) for day in loose)
    assert any(DAYS.since(day, TODAY) > 10 for day in loose)
    followed = [(day, then) for day, no_next, then in said if not no_next and then]
    assert len(followed) > len(said) / 3 and any(no_next for _, no_next, _ in said)
    assert all(DAYS.since(day, then) <= 10 for day, then in followed)


def test_nobody_is_in_two_meetings_at_once_nor_a_slot_taken_twice(rows):
    twice = "GROUP BY {} HAVING count(*) > 1"
    held = f"SELECT 1 FROM {MEETINGS} WHERE m.status <> 'cancelled' "
    assert rows(held + twice.format("m.slot_id")) == []
    assert rows(held + twice.format("m.student_id, m.planned_on")) == []


def test_some_are_cancelled_and_moved_each_with_its_reason(rows):
    assert rows(f"SELECT count(*) FROM {MEETINGS} WHERE m.status = 'cancelled' AND m.reason = ''") == [(0,)]
    assert rows(f"SELECT count(*) > 5 FROM {MEETINGS} WHERE m.status = 'cancelled'") == [(1,)]
    assert rows(f"SELECT count(*) > 20 FROM {MEETINGS} WHERE m.reason LIKE 'Moved%' AND m.sequence = 1") == [(1,)]


def test_some_are_not_written_up_and_some_are_begun(rows):
    ((unwritten, some_shared, all_agreed),) = (
        rows(f"""SELECT sum(summary = ''), sum(shared_with_parent) * 1.0 / count(*),
        sum(summary <> '' AND sharing_agreed_on IS NULL) FROM {MEETINGS} WHERE status = 'held' AND {HELD_THEN}""")
    )
    assert unwritten == 15 and 0.4 < some_shared < 0.65 and all_agreed == 0
    assert rows("""SELECT count(*) > 0, min(m.summary = ''), count(*) = count(s.account_id) FROM records_meetingdraft d
        JOIN records_guidancemeeting m ON m.id = d.meeting_id JOIN people_staff s ON s.account_id = d.author_id""") == [
        (1, 1, 1)
    ]
    assert rows(f"SELECT count(*) > 100 FROM {MEETINGS} WHERE private_note <> '' AND adviser_id IS NOT NULL") == [(1,)]


@pytest.mark.parametrize("size", ["rows", "few"])
def test_actions_are_in_every_state_with_every_owner_and_every_kind_of_proof(size, request):
    rows = request.getfixturevalue(size)
    states = rows(f"""SELECT DISTINCT CASE WHEN outcome <> '' THEN outcome WHEN due_on < '{TODAY}' THEN 'overdue' ELSE 'open' END
        FROM records_action""")
    assert {state for (state,) in states} == {"open", "overdue", "done", "not_needed", "carried_on"}
    assert {owner for owner, in rows("SELECT DISTINCT owner FROM records_action")} == {
        "student", "adviser", "tutor", "careers_leader", "other"}  # fmt: skip
    proofs = rows("""SELECT sum(attended_id IS NOT NULL), sum(met_id IS NOT NULL), sum(evidence <> ''),
        sum(evidence = '' AND attended_id IS NULL AND met_id IS NULL) FROM records_action WHERE outcome = 'done'""")
    assert all(count > 0 for count in proofs[0])
    assert rows(
        "SELECT count(*) FROM records_action WHERE outcome <> 'done' AND (evidence <> '' OR met_id OR attended_id)"
    ) == [(0,)]


def test_what_proves_an_action_is_of_the_same_student_and_came_before_it_closed(rows):
    assert (
        rows("""SELECT count(*) FROM records_action a JOIN records_participation p ON p.id = a.attended_id
        WHERE p.student_id <> a.student_id OR p.status <> 'attended' OR p."on" > a.closed_on OR p.activity_id <> a.activity_id""")
        == [(0,)]
    )
    assert (
        rows(f"""SELECT count(*) FROM records_action a JOIN {MEETINGS} ON m.id = a.met_id
        WHERE m.student_id <> a.student_id OR m.status <> 'held' OR m.held_on > a.closed_on OR m.id = a.meeting_id""")
        == [(0,)]
    )


def test_what_is_carried_on_goes_on_in_one_other(rows):
    assert (
        rows("""SELECT count(*) > 0, sum(b.id IS NULL), sum(b.what <> a.what), sum(b.agreed_on <> a.closed_on)
        FROM records_action a LEFT JOIN records_action b ON b.id = a.carried_to_id WHERE a.outcome = 'carried_on'""")
        == [(1, 0, 0, 0)]
    )
    assert rows("SELECT count(*) FROM records_action WHERE due_on < agreed_on OR closed_on < agreed_on") == [(0,)]


def test_aspirations_change_and_keep_their_history(rows):
    ((changed, kept),) = (
        rows("""SELECT sum(jobs > 1), sum(jobs = 1 AND lines > 1) FROM (SELECT count(DISTINCT soc2020) AS jobs,
        count(*) AS lines FROM records_aspiration GROUP BY student_id)""")
    )
    assert changed > 100 and kept > 100
    assert rows(
        "SELECT count(*) > 50, sum(a.said_on <> m.held_on) FROM records_aspiration a JOIN records_guidancemeeting m ON m.id = a.meeting_id"
    ) == [(1, 0)]


@pytest.mark.parametrize("size", ["rows", "few"])
def test_support_is_there_in_its_states(size, request):
    rows = request.getfixturevalue(size)
    assert rows("SELECT count(eased_on) > 0, count(*) > count(eased_on) FROM records_barrier") == [(1, 1)]
    assert rows("SELECT count(held_on) > 0, count(*) > count(held_on) FROM records_annualreview") == [(1, 1)]
    assert {status for (status,) in rows("SELECT DISTINCT status FROM records_offer")} == {
        "applied",
        "offered",
        "accepted",
        "declined",
        "refused",
    }
    assert rows(
        "SELECT count(*) > 0, count(DISTINCT code) > 1 FROM needs_dismissal WHERE until > said_on AND reason <> ''"
    ) == [(1, 1)]


def test_tutors_of_some_forms_read_within_14_days_and_of_others_do_not(rows):
    read = rows(f"""SELECT g.name, avg(EXISTS (SELECT 1 FROM audit_event e WHERE e.student_id = m.student_id AND e.verb = 'read'
            AND e.actor_role = 'form_tutor' AND date(e.at) BETWEEN m.held_on AND date(m.held_on, '+14 days')))
        FROM {MEETINGS} JOIN people_enrolment n ON n.student_id = m.student_id AND n.academic_year = 2024
        JOIN people_tutorgroup g ON g.id = n.tutor_group_id WHERE m.summary <> '' AND {HELD_THEN} GROUP BY 1 HAVING count(*) >= 8""")
    shares = sorted(share for _, share in read)
    assert shares[0] < 0.35 and shares[-1] > 0.75


def test_summaries_are_all_different_and_speak_of_the_students_own_hope(rows):
    ((different, all_of_them),) = rows(
        "SELECT count(DISTINCT summary), count(*) FROM records_guidancemeeting WHERE summary <> ''"
    )
    assert different >= 0.98 * all_of_them
    said = rows("""SELECT m.summary, a.soc2020 FROM records_guidancemeeting m JOIN records_aspiration a ON a.meeting_id = m.id
        WHERE m.summary <> '' AND a.soc2020 <> ''""")
    from pathbook.demo.wishes import WISHES

    jobs = {wish.soc2020: wish.job for wish in WISHES}
    assert said and all(jobs[soc2020] in summary for summary, soc2020 in said)


def test_words_are_whole_sentences_with_nothing_left_open(rows):
    words = [
        text
        for (text,) in rows("SELECT summary || ' ' || private_note FROM records_guidancemeeting WHERE summary <> ''")
    ]
    words += [text for (text,) in rows("SELECT what || ' ' || evidence FROM records_action")]
    assert not [text for text in words if re.search(r"[{}]|\ba (?!one)[aeio]|  \S|\bNone\b|\.\.", text)]
    assert rows("SELECT count(DISTINCT what) > 250 FROM records_action") == [(1,)]


def test_what_was_agreed_from_the_programme_names_an_activity_the_student_was_asked_to(rows):
    assert rows("""SELECT count(*) > 50, sum(p.id IS NULL), sum(instr(a.what, v.title) = 0) FROM records_action a
        JOIN records_activity v ON v.id = a.activity_id
        LEFT JOIN records_participation p ON p.activity_id = a.activity_id AND p.student_id = a.student_id""") == [
        (1, 0, 0)
    ]


@pytest.mark.parametrize("today", ["2025-09-01", "2025-09-08", "2025-12-25", "2026-07-31"])
def test_it_ends_on_any_day(tmp_path, today):
    rows = ended_on(tmp_path / "s", today, "--students", 60, "--years", 2)
    tomorrow = date.fromisoformat(today) + timedelta(days=1)
    for table in (
        "guidancemeeting",
        "action",
        "aspiration",
        "offer",
        "barrier",
        "annualreview",
        "guidanceslot",
        "meetingdraft",
    ):
        assert rows(f"SELECT count(*) FROM records_{table} WHERE recorded_at >= '{tomorrow}'") == [(0,)], table

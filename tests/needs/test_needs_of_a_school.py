"""From rows to needs: what the bridge reads, in how many queries, and who is shown what."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pathbook.framework.needs.rules import Change, rules
from pathbook.framework.sets import set_in_force
from pathbook.needs import actions
from pathbook.needs.facts import need_facts
from pathbook.needs.of_school import of_school
from pathbook.needs.queries import needs_of_school, shown_to
from pathbook.people import access
from pathbook.people.models import Place, Role, Student
from pathbook.records.facts import population, student_facts
from pathbook.records.models import Closure, GuidanceMeeting, GuidanceSlot
from pathbook.records.queries.places import places_left
from pathbook.records.queries.slots import midnight
from pathbook.reports.coverage import coverage_of
from tests import make
from tests.needs import cast

pytestmark = pytest.mark.django_db


def test_each_row_is_read_as_the_rule_that_asks_for_it(db):
    amara = make.student(year=11, group="11A", sen="E", looked_after=True)
    act = cast.action(amara)
    hope = cast.aspiration(amara, "undecided", "Construction")
    cast.review(amara)
    way = cast.barrier(amara)
    missed = make.guidance_meeting(amara, date(2026, 1, 12), status="not_attended", planned_on=date(2026, 1, 14))
    found = {need.code: need for need in cast.needs(amara)}
    assert found["action_overdue"].evidence == (("action", act.key),)
    assert found["undecided"].evidence == found["aspiration_unmet"].evidence == (("aspiration", str(hope.pk)),)
    assert found["review_due"].due == date(2026, 2, 26)
    assert found["barrier"].evidence == (("barrier", way.key),)
    assert found["guidance_missed"].evidence == (("guidance_meeting", missed.key),)
    assert found["guidance_missed"].due == date(2026, 1, 28)


def test_what_is_closed_eased_or_held_is_no_need(db):
    amara = make.student(year=11, group="11A", sen="E")
    cast.action(amara, closed_on=date(2026, 2, 1), outcome="done")
    cast.barrier(amara, eased_on=date(2026, 2, 1))
    make.guidance_meeting(amara, date(2026, 1, 14), summary="We talked", nothing_agreed=True)
    cast.review(amara)
    assert not {need.code for need in cast.needs(amara)} & {
        "action_overdue",
        "barrier",
        "review_due",
        "guidance_not_written",
    }
    assert cast.need(amara, "action_overdue", date(2026, 1, 31)), "looking back, it was open"


def test_a_missed_meeting_with_a_reason_for_no_next_one_is_no_need(db):
    someone = make.student(year=11)
    meeting = make.guidance_meeting(someone, on=date(2026, 1, 14), status="not_attended", planned_on=date(2026, 1, 14))
    assert cast.need(someone, "guidance_missed")
    GuidanceMeeting.objects.filter(pk=meeting.pk).update(no_next="Met at the review instead")
    assert cast.need(someone, "guidance_missed") is None


def test_the_step_to_a_meeting_is_a_slot_that_is_free_and_in_no_closure(db):
    someone, adviser = make.student(year=11), make.staff()
    for day in (9, 10, 11):
        GuidanceSlot.objects.create(
            institution=make.school(), adviser=adviser, starts_at=midnight(date(2026, 2, day)) + timedelta(hours=10),
            minutes=45, recorded_by="a test", recorded_at=make.NOW,
        )  # fmt: skip
    taken = GuidanceSlot.objects.order_by("starts_at").first()
    make.guidance_meeting(make.student("Ben", year=10), status="booked", slot=taken, planned_on=date(2026, 2, 9))
    Closure.objects.create(institution=make.school(), first_day=date(2026, 2, 10), last_day=date(2026, 2, 10), why="Training",
                           recorded_by="a test", recorded_at=make.NOW)  # fmt: skip
    (gap,) = (need for need in cast.needs(someone) if need.criterion == "GB8.1a")
    assert gap.suggested.words == "Book a guidance meeting: the next free slot is on 11 Feb 2026."


def test_offers_of_this_year_count_and_last_years_do_not(db):
    amara, ben, cho = (make.student(name, year=11, group="11A") for name in ("Amara", "Ben", "Cho"))
    cast.offer(amara)
    cast.offer(ben, status="applied")
    cast.offer(cho, on=date(2025, 6, 1))
    april = date(2026, 4, 20)
    assert [cast.need(one, "no_offer", april) is None for one in (amara, ben, cho)] == [True, False, False]


def test_the_latest_hope_counts_and_of_two_of_one_day_the_later_written(db):
    amara = make.student(year=11, group="11A")
    for pathway, day in (("university", 1), ("sixth_form", 9), ("undecided", 9)):
        cast.aspiration(amara, pathway, said_on=date(2025, 10, day))
    cast.aspiration(amara, "university", said_on=date(2026, 3, 1))
    assert cast.need(amara, "undecided")


def test_an_exhibitor_of_a_fair_answers_a_hope(db):
    amara = make.student(year=11, group="11A")
    cast.aspiration(amara, sector="Construction")
    fair = make.activity(title="Fair")
    make.participation(amara, fair)
    assert cast.need(amara, "aspiration_unmet")
    fair.others.add(make.provider("Marlow Build", sector="Construction"))
    assert cast.need(amara, "aspiration_unmet") is None


def test_a_place_is_offered_while_there_is_one_and_to_the_years_invited(db):
    amara, ben = make.student(year=11, group="11A"), make.student("Ben", year=11, group="11A")
    tens = make.student("Ten", year=10, group="10A")
    talk = make.activity("Talk", on=date(2026, 3, 10), capacity=1)

    def step(someone):
        return next(need for need in cast.needs(someone) if need.criterion == "GB5.1").suggested

    assert step(amara).activity == talk.key and "1 place left" in step(amara).words
    make.participation(ben, talk, status="planned")
    assert step(amara).activity == "" and step(ben).booked
    talk.capacity = None
    talk.save()
    assert step(amara).activity == talk.key and step(tens).activity == ""


def test_most_of_the_group_had_it(db):
    group = make.students(4)
    away = group[0]
    fair = make.activity()
    for someone in group[1:3]:
        make.participation(someone, fair)
    assert cast.need(away, "absent"), "two of four is half"
    fair.participations.first().delete()
    assert cast.need(away, "absent") is None, "one of four is not"


def test_the_gaps_said_are_those_coverage_judges(db):
    for year in range(7, 14):
        make.student(f"Y{year}", year=year, group=f"{year}A")
    judged = coverage_of(make.school(), set_id=set_in_force(make.TODAY), as_of=make.TODAY)
    gaps = {one.student_id: one.gaps for one in judged}
    for one in cast.listed().students:
        assert sum(bool(n.criterion) and not n.criterion.startswith("PAL.") for n in one.needs) == gaps[one.student_id]


def test_everyone_or_one_alone_says_the_same(db):
    for n in range(4):
        make.student(f"S{n}", year=11, group="11A")
    whole = cast.listed().students
    assert len(whole) == 4
    for one in whole:
        (alone,) = cast.listed(among=Student.objects.filter(key=one.student_id)).students
        assert alone == one


def test_the_number_of_queries_is_the_same_for_3_students_and_for_30(db):
    def queries():
        school = make.school()
        with CaptureQueriesContext(connection) as seen:
            needs_of_school(school, as_of=make.TODAY)
        return len(seen)

    def populate(many):
        for someone in make.students(many, sen="E"):
            cast.action(someone)
            cast.aspiration(someone, "undecided", "Construction")
            make.participation(someone, make.activity(f"Talk {someone.pk}"))

    populate(3)
    few = queries()
    populate(27)
    assert queries() == few <= 17


def test_a_guest_of_another_roll_has_no_needs_here(db):
    guest = make.student(year=11, registration="subsidiary")
    assert guest.key not in {one.student_id for one in cast.listed().students}


def test_a_need_is_shown_to_those_who_may_read_all_it_rests_on(db):
    amara = make.student(year=11, group="11A", sen="E")
    cast.action(amara)
    cast.barrier(amara)
    listed = cast.listed()

    def codes(someone):
        return {
            need.code for one in shown_to(make.viewer(someone), listed, on=make.TODAY).students for need in one.needs
        }

    support = {"barrier", "review_due"}
    for held in (Role.CAREERS_LEADER, Role.SENDCO, Role.ADVISER, Role.SENIOR_LEADER, Role.HEAD_OF_YEAR):
        someone = make.account()
        place = {"place": Place.YEAR_GROUP, "year_group": 11} if held == Role.HEAD_OF_YEAR else {}
        make.role(someone, held, **place)
        assert support | {"action_overdue", "entitlement_gap"} <= codes(someone), held
    pupil = make.account()
    make.role(pupil, Role.STUDENT, Place.STUDENT, student=amara)
    assert codes(pupil) & {"action_overdue", "entitlement_gap"} and not codes(pupil) & support
    for held in (Role.GOVERNOR, Role.DATA_MANAGER, Role.SUBJECT_TEACHER, Role.IT_ADMIN):
        someone = make.account()
        make.role(someone, held)
        assert codes(someone) == set(), held


def test_a_tutor_is_shown_their_own_group_and_what_was_put_aside_in_it(db):
    mine, other = make.student(group="11A", year=11), make.student("Other", group="11B", year=11)
    tutor = make.viewer(make.form_tutor(make.tutor_group("11A", 11)))
    leader = make.viewer(make.careers_leader())
    for someone in (mine, other):
        cast.action(someone)
        need = cast.need(someone, "action_overdue")
        actions.dismiss(
            student=someone, need=need, reason="Later", until=date(2026, 3, 1), by=leader, at=make.NOW, on=make.TODAY
        )
    shown = shown_to(tutor, cast.listed(), on=make.TODAY)
    assert [one.student_id for one in shown.students] == [mine.key] and set(shown.aside) == {mine.key}


def test_two_roles_add_up_only_where_both_reach(db):
    """A tutor of 11A who also manages the roll: the roll reaches everyone, and opens no needs."""
    mine, other = make.student(group="11A", year=11), make.student("Other", group="11B", year=11)
    someone = make.form_tutor(make.tutor_group("11A", 11))
    make.role(someone, Role.DATA_MANAGER)
    shown = shown_to(make.viewer(someone), cast.listed(), on=make.TODAY)
    assert [one.student_id for one in shown.students] == [mine.key] and other.key


def test_every_rule_rests_on_parts_the_table_knows(db):
    parts = {part for rule in rules().values() for part in rule.reads}
    parts |= {part for rule in rules().values() for item in rule.items.values() for part in item.reads}
    assert parts <= set(access.STUDENT_PARTS)


def test_a_school_changes_a_weight_and_only_its_own_needs_change(db):
    amara = make.student(year=11, group="11A")
    cast.action(amara)
    leader = make.viewer(make.careers_leader())
    before = cast.need(amara, "action_overdue")
    changes = {"action_overdue": Change(weight=0.2), "guidance_due": Change(on=False)}
    actions.change_rules(school=make.school(), changes=changes, by=leader, at=make.NOW)
    after = cast.need(amara, "action_overdue")
    assert (before.severity, after.severity) == (0.7, 0.2)
    assert replace(after, severity=0.7, how=before.how) == before
    actions.change_rules(school=make.school(), changes={}, by=leader, at=make.NOW)
    assert cast.need(amara, "action_overdue") == before


def test_rules_of_another_school_do_not_apply_here(db):
    amara = make.student(year=11, group="11A")
    cast.action(amara)
    leader = make.viewer(make.careers_leader())
    actions.change_rules(
        school=make.school("Other"), changes={"action_overdue": Change(on=False)}, by=leader, at=make.NOW
    )
    assert cast.need(amara, "action_overdue")


def test_a_student_enrolled_twice_takes_one_place_as_everywhere(db):
    coming = make.activity("Site visit", on=date(2026, 3, 10), capacity=3)
    both = make.student(year=11, group="11A")
    make.enrol(both, year=11, group="11B", registration="subsidiary")
    gone = make.student("Gone", year=11, group="11A", end_date=date(2026, 1, 9))
    for one in (both, gone):
        make.participation(one, coming, "planned")
    (seen,) = of_school(make.school(), as_of=make.TODAY).programme.coming
    assert seen.left == places_left([coming])[coming.pk] == 1


def test_of_two_hopes_said_on_one_day_the_one_written_later_decides_everywhere(db):
    amara = make.student(year=13, group="13A")
    make.aspiration(amara, pathway="university", said_on=make.TODAY)
    make.aspiration(amara, pathway="apprenticeship", said_on=make.TODAY)
    roll = population(make.school(), as_of=make.TODAY)
    (facts,) = student_facts(roll, as_of=make.TODAY, school=make.school())
    (needs,) = need_facts(roll, as_of=make.TODAY, school=make.school(), set_id=set_in_force(make.TODAY))
    assert facts.aspirations[-1].pathway == needs.hope.pathway == "apprenticeship"

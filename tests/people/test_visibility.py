"""Whom may somebody see: whole school, year, group, one student; between dates; and nobody by default."""

from datetime import date

import pytest

from pathbook.people import access
from pathbook.people.models import Place, Role
from pathbook.people.visibility import may_see, parts_of, students_visible_to, writable_parts_of
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    class Cast:
        mine = make.student("Mine", year=10, group="10B")
        same_year = make.student("Sameyear", year=10, group="10C")
        elsewhere = make.student("Elsewhere", year=10, group="10B", at=make.school("Other School"))
        last_year = make.student("Lastyear", year=11, group="11A", academic_year=2024)

    return Cast


def seen_by(someone, today, part=access.IDENTITY):
    return {s.legal_forename for s in students_visible_to(make.viewer(someone, today), today, part)}


def test_a_careers_leader_sees_the_whole_school_with_leavers_and_no_other_school(cast, today):
    assert seen_by(make.careers_leader(), today) == {"Mine", "Sameyear", "Lastyear"}


def test_a_form_tutor_sees_only_their_own_group(cast, today):
    tutor = make.form_tutor(make.tutor_group("10B"))
    assert seen_by(tutor, today) == {"Mine"}


def test_a_form_tutor_of_last_year_sees_nobody_this_year(cast, today):
    tutor = make.form_tutor(make.tutor_group("11A", 11, 2024))
    assert seen_by(tutor, today) == set()


def test_a_governor_and_a_stranger_see_nobody(cast, today):
    assert seen_by(make.governor(), today) == set()
    assert seen_by(make.stranger(), today) == set()


def test_a_head_of_year_sees_their_year(cast, today):
    head = make.account()
    make.role(head, Role.HEAD_OF_YEAR, Place.YEAR_GROUP, year_group=10)
    assert seen_by(head, today) == {"Mine", "Sameyear"}


def test_a_teacher_sees_their_class_while_its_membership_runs(cast, today):
    club = make.group()
    make.member(cast.same_year, club)
    make.member(cast.mine, club, ends_on=date(2026, 1, 1))
    teacher = make.account()
    make.role(teacher, Role.SUBJECT_TEACHER, Place.GROUP, group=club)
    assert seen_by(teacher, today) == {"Sameyear"}


def test_a_parent_sees_their_own_child(cast, today):
    parent = make.account()
    make.role(parent, Role.PARENT, Place.STUDENT, student=cast.mine)
    assert seen_by(parent, today) == set(), "no page of staff"
    shared = students_visible_to(make.viewer(parent, today), today, access.SHARED)
    assert [one.legal_forename for one in shared] == ["Mine"]


def test_a_role_ends_on_its_day(cast):
    someone = make.account()
    make.role(someone, Role.CAREERS_LEADER, ends_on=date(2026, 2, 5))
    assert seen_by(someone, date(2026, 2, 5))
    assert not seen_by(someone, date(2026, 2, 6))


def test_a_disabled_account_sees_nobody_at_once(cast, today):
    leader = make.careers_leader()
    leader.is_active = False
    assert seen_by(leader, today) == set()


def test_a_student_who_left_is_out_of_a_tutors_reach(today):
    make.student("Gone", year=10, group="10B", end_date=date(2026, 1, 31))
    assert seen_by(make.form_tutor(make.tutor_group("10B")), today) == set()


def test_what_of_them_follows_the_role_that_reaches_them(cast, today):
    """A tutor of 10B who manages the roll sees guidance of their own group only."""
    someone = make.form_tutor(make.tutor_group("10B"))
    make.role(someone, Role.DATA_MANAGER)
    viewer = make.viewer(someone)
    assert access.GUIDANCE in parts_of(viewer, cast.mine, today)
    assert access.GUIDANCE not in parts_of(viewer, cast.same_year, today)
    assert access.ROLL in writable_parts_of(viewer, cast.same_year, today)
    assert seen_by(someone, today, access.GUIDANCE) == {"Mine"}


def test_seeing_one_and_listing_agree_for_every_role_and_part(cast, today):
    for role in Role.values:
        someone = make.account()
        make.role(someone, role)
        viewer = make.viewer(someone)
        for part in access.STUDENT_PARTS:
            listed = set(students_visible_to(viewer, today, part))
            for student in (cast.mine, cast.same_year, cast.elsewhere, cast.last_year):
                assert may_see(viewer, student, part, today) == (student in listed)
                assert (part in parts_of(viewer, student, today)) == (student in listed)


def test_only_the_adviser_may_open_private_notes():
    assert [role for role in Role.values if access.allows(role, access.PRIVATE_NOTE)] == [Role.ADVISER]


def test_every_role_has_a_row_and_every_row_names_known_parts():
    assert set(access.TABLE) == set(Role.values)
    for row in access.TABLE.values():
        assert set(row) <= {*access.STUDENT_PARTS, *access.SCHOOL_PARTS}
        assert set(row.values()) <= {access.READ, access.WRITE}


def test_a_governor_a_trust_lead_and_an_administrator_reach_no_student_part():
    for role in (Role.GOVERNOR, Role.TRUST_LEAD, Role.IT_ADMIN):
        assert not any(access.allows(role, part) for part in access.STUDENT_PARTS)
    # the officer notes a family's objection and erases on request; nothing else of a student is shown to them
    officer = {part for part in access.STUDENT_PARTS if access.allows(Role.DPO, part)}
    assert officer == {access.SHARING, access.ERASURE, access.SUBJECT_ACCESS}

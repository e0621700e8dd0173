"""The access table against a second one: policy.csv, written by hand from what each role comes for, compared on random cases."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathbook.people import access
from pathbook.people.models import Place, Role, RoleHeld
from pathbook.people.visibility import may_see, parts_of, students_visible_to, viewer_of, writable_parts_of
from tests import make

ROWS = list(csv.DictReader(Path(__file__).with_name("policy.csv").open()))
POLICY = {(row["role"], row["place"]): row for row in ROWS}
PARTS = list(ROWS[0])[2:-2]
LEVELS = {"none": 0, "read": 1, "write": 2}
STUDENTS = ("mine", "classmate", "same_year", "other_year", "leaver", "elsewhere")
DAYS = {"held": (-30, None), "to the day": (-30, 0), "from today": (0, None), "ended": (-30, -1), "to come": (1, None)}


def test_the_policy_names_every_part_of_a_record_and_every_role():
    assert set(PARTS) == set(access.STUDENT_PARTS)
    assert {row["role"] for row in ROWS} == set(Role.values)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['role']} over {row['place']}")
def test_the_table_says_what_the_policy_says(row):
    for part in PARTS:
        for level, least in ((access.READ, 1), (access.WRITE, 2)):
            assert access.allows(row["role"], part, level) == (LEVELS[row[part]] >= least), (row["role"], part, level)


def test_one_role_reads_a_working_note_and_one_may_open_it():
    assert {row["role"] for row in ROWS if row["private_note"] != "none"} == {"adviser"}
    assert {row["role"] for row in ROWS if row["break_glass"] != "none"} == {"careers_leader"}


class Pool:
    """Students who differ in what a place reaches, and the places. Who is in which is said here a second time."""

    def __init__(self):
        self.mine = make.student("Mine", year=10, group="10B")
        self.classmate = make.student("Classmate", year=11, group="11A")
        self.same_year = make.student("Sameyear", year=10, group="10C")
        self.other_year = make.student("Otheryear", year=11, group="11B")
        self.leaver = make.student("Leaver", year=11, group="11A", academic_year=2023, end_date=date(2024, 7, 10))
        self.elsewhere = make.student("Elsewhere", year=10, group="10B", at=make.school("Other School"))
        self.group = make.group()
        for one in (self.mine, self.classmate):
            make.member(one, self.group)
        self.places = {
            "institution": {}, "year_group": {"year_group": 10}, "tutor_group": {"tutor_group": make.tutor_group("10B")},
            "group": {"group": self.group}, "student": {"student": self.mine},
        }  # fmt: skip
        self.inside = {
            "institution": {"mine", "classmate", "same_year", "other_year"},
            "year_group": {"mine", "same_year"}, "tutor_group": {"mine"}, "group": {"mine", "classmate"}, "student": {"mine"},
        }  # fmt: skip


def oracle(pool, held, name, part) -> int:
    """0 none, 1 read, 2 write: the most that any role in force gives of this student."""
    best = 0
    for (role, place), when in held:
        start, end = DAYS[when]
        reached = pool.inside[place] | (
            {"leaver"} if place == "institution" and POLICY[role, place]["leavers"] == "yes" else set()
        )
        if start <= 0 and (end is None or end >= 0) and name in reached:
            best = max(best, LEVELS[POLICY[role, place][part]])
    return best


def give(someone, pool, held):
    for (role, place), when in held:
        start, end = DAYS[when]
        make.role(
            someone, role, Place(place), starts_on=make.TODAY + timedelta(days=start),
            ends_on=None if end is None else make.TODAY + timedelta(days=end), **pool.places[place],
        )  # fmt: skip


@pytest.mark.django_db
def test_can_see_one_and_the_list_and_the_policy_agree_on_random_cases():
    """Random roles (up to three at once, in force or not), student, part: the code's three answers and the policy's."""
    pool, someone, seen = Pool(), make.account("Somebody"), {"cases": 0, "yes": 0}
    roles = st.lists(st.tuples(st.sampled_from(sorted(POLICY)), st.sampled_from(sorted(DAYS))), max_size=3)

    @settings(max_examples=450, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None)
    @given(held=roles)
    def agree(held):
        RoleHeld.objects.all().delete()
        give(someone, pool, held)
        viewer, today = viewer_of(someone, make.TODAY), make.TODAY
        for name in STUDENTS:
            student = getattr(pool, name)
            reads, writes = parts_of(viewer, student, today), writable_parts_of(viewer, student, today)
            for part in PARTS:
                right = oracle(pool, held, name, part)
                assert (part in reads) == (right >= 1), (held, name, part)
                assert (part in writes) == (right == 2), (held, name, part)
                seen["cases"] += 2
                seen["yes"] += (right >= 1) + (right == 2)
        part = PARTS[len(held) * 3 % len(PARTS)]
        listed = set(students_visible_to(viewer, today, part).values_list("legal_forename", flat=True))
        right = {getattr(pool, n).legal_forename for n in STUDENTS if oracle(pool, held, n, part)}
        assert listed == right, (held, part)
        assert all(
            may_see(viewer, getattr(pool, n), part, today) == (getattr(pool, n).legal_forename in right)
            for n in STUDENTS
        )

    agree()
    assert seen["cases"] > 100_000 and seen["yes"] > 5_000, seen

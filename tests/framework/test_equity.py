"""Groups compared on small cohorts worked by hand, and what must hold of any."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pathbook.framework.equity import Way, equity
from pathbook.framework.judge import judge_facts
from pathbook.framework.shares import Share
from tests.framework import facts_by_hand as by_hand

EMPLOYER, GUIDANCE = "GB5.1", "GB8.1a"

# Year 11, by hand: how many, sex, pupil premium, met an employer, had a guidance meeting
COHORT = """
20  F  no   yes  yes
10  F  no   no   yes
 5  F  yes  yes  yes
15  F  yes  no   no
18  M  no   yes  yes
12  M  no   no   no
 6  M  yes  yes  yes
14  M  yes  no   no
"""
# criterion, group: of, out of; everyone else; how many more must be reached (rounded up), points behind
EXPECTED = """
GB5.1   F                 25  50   24  50   0  -2
GB5.1   M                 24  50   25  50   1   2
GB5.1   Pupil premium     11  40   38  60  15  35
GB8.1a  F                 35  50   24  50   0 -22
GB8.1a  M                 24  50   35  50  11  22
GB8.1a  Pupil premium     11  40   48  60  21  52
"""


def cohort():
    students, sex, premium = [], {}, {}
    for line in COHORT.strip().splitlines():
        many, of_sex, is_pp, employer, meeting = line.split()
        for _ in range(int(many)):
            one = by_hand.student(
                took=(by_hand.took(),) if employer == "yes" else (), met=(by_hand.met(),) if meeting == "yes" else ()
            )
            students.append(one)
            sex[one.student_id] = of_sex
            premium[one.student_id] = "Pupil premium" if is_pp == "yes" else "Not"
    return students, (
        Way("sex", "Sex", sex, (), frozenset("FM")),
        Way("pp", "Pupil premium", premium, (), frozenset({"Pupil premium"})),
    )


def counted(students, ways, set_id="2025"):
    return equity(judge_facts(students, set_id, by_hand.AS_OF), ways, set_id)


def group_of(found, criterion, name):
    return next(g for s in found.splits if s.measure.id == criterion for g in s.groups if g.name == name)


def test_the_cohort_worked_by_hand():
    found = counted(*cohort())
    for line in EXPECTED.strip().splitlines():
        criterion, *name, of, out_of, their_of, their_out, more, points = line.split()
        group = group_of(found, criterion, " ".join(name))
        assert group.share == Share(int(of), int(out_of)), line
        assert group.others == Share(int(their_of), int(their_out)), line
        assert (group.more, group.points) == (int(more), int(points)), line


def test_gaps_stand_by_how_many_more_must_be_reached():
    found = counted(*cohort())
    mores = [gap.group.more for gap in found.gaps]
    assert mores == sorted(mores, reverse=True) and found.gaps[0].group.name == "Pupil premium"
    assert "Not" not in {gap.group.name for gap in found.gaps}
    assert {(g.measure.id, g.group.name, g.group.more) for g in found.gaps} >= {
        (GUIDANCE, "Pupil premium", 21), (EMPLOYER, "Pupil premium", 15), (GUIDANCE, "M", 11), (EMPLOYER, "M", 1),
    }  # fmt: skip


def test_when_that_many_more_are_reached_the_group_is_no_longer_behind_and_one_fewer_is_not_enough():
    for gap in counted(*cohort()).gaps:
        share, others, more = gap.group.share, gap.group.others, gap.group.more
        assert (share.of + more) * others.out_of >= others.of * share.out_of
        assert (share.of + more - 1) * others.out_of < others.of * share.out_of


def test_a_group_of_four_is_hidden_and_so_is_everyone_else():
    students, _ = cohort()
    care = {one.student_id: "Looked after" if n in (0, 20, 40, 60) else "Not" for n, one in enumerate(students)}
    found = counted(students, (Way("care", "Looked after", care, (), frozenset({"Looked after"})),))
    assert {group.share for split in found.splits for group in split.groups} == {None}
    assert not found.gaps


def test_only_year_groups_in_which_it_is_due_are_counted():
    """Guidance by 16 is judged in Year 11: a Year 10 student is in nobody's share."""
    students, ways = cohort()
    younger = [by_hand.student(year_group=10) for _ in range(9)]
    sex = ways[0].of | {one.student_id: "F" for one in younger}
    found = counted([*students, *younger], (Way("sex", "Sex", sex, (), frozenset("FM")),))
    assert group_of(found, GUIDANCE, "F").share == Share(35, 50)
    assert group_of(found, EMPLOYER, "F").share == Share(25, 59)


@st.composite
def schools(draw):
    """Up to sixty students of any year, each in one of three groups, with and without an employer and a meeting."""
    students, ways = [], {}
    for _ in range(draw(st.integers(0, 60))):
        one = by_hand.student(
            year_group=draw(st.integers(7, 13)),
            took=(by_hand.took(),) if draw(st.booleans()) else (),
            met=(by_hand.met(),) if draw(st.booleans()) else (),
            subjects=frozenset({"Art", "Maths"}),
        )
        students.append(one)
        ways[one.student_id] = draw(st.sampled_from("ABC"))
    return students, Way("any", "Any", ways, (), frozenset("ABC"))


@settings(max_examples=40, deadline=None)
@given(schools())
def test_the_groups_add_up_to_the_whole(case):
    """Where nothing is hidden, exactly; where something is, what is shown and what is left make the whole."""
    students, way = case
    for split in counted(students, (way,)).splits:
        for group in split.groups:
            if group.share:
                together = Share(group.share.of + group.others.of, group.share.out_of + group.others.out_of)
                assert together == split.whole
        if split.groups and all(group.share for group in split.groups):
            of = sum(group.share.of for group in split.groups)
            assert Share(of, sum(group.share.out_of for group in split.groups)) == split.whole


@settings(max_examples=40, deadline=None)
@given(schools())
def test_nothing_shown_is_of_fewer_than_five(case):
    students, way = case
    for split in counted(students, (way,)).splits:
        for group in split.groups:
            if group.share:
                assert not any(0 < n < 5 for n in (group.share.of, group.share.missing, group.share.out_of))

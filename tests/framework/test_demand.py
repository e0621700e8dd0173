"""Who asks for what, and what that is planned would serve them: by hand, and what must hold for any school."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathbook.framework.demand import GAP, PATHWAY, PROVIDER, SECTOR, Asking, Demand, Planned, demands, fits
from pathbook.framework.measures import judged_rows
from pathbook.framework.needs.programme import Coming

ROWS = {row.id: row for row in judged_rows("2025")}
DAY = date(2026, 3, 12)


def asking(key="a", year=10, **said):
    return Asking(key, year, f"{year}A", **{k: frozenset(v) if k == "gaps" else v for k, v in said.items()})


def planned(
    kind="employer_encounter", *, sector="", provider_type="", pathway="", invited=(), left=None, years=(), **said
):
    kinds = {kind, "provider_encounter"} if kind == "he_visit" else {kind}
    types = frozenset({"university"} if kind == "he_visit" else {provider_type} - {""})
    coming = Coming("v", "A visit", DAY, frozenset(kinds), types, frozenset({sector} - {""}), left=left,
                    years=frozenset(years), **said)  # fmt: skip
    return Planned(coming, pathway, frozenset(invited))


FITS = [
    (planned(sector="Construction"), SECTOR, "Construction", True),
    (planned("careers_lesson", sector="Construction"), SECTOR, "Construction", False),  # nobody is met in it
    (planned(sector="Law"), SECTOR, "Construction", False),
    (planned(pathway="employment"), PATHWAY, "employment", True),
    (planned(), PATHWAY, "employment", False),
    (planned("provider_encounter", provider_type="training_provider"), PATHWAY, "apprenticeship", True),
    (planned("he_visit"), PATHWAY, "university", True),
    (planned("he_visit"), PROVIDER, "university", True),
    (planned("provider_encounter", provider_type="sixth_form"), PROVIDER, "university", False),
    (planned("workplace_experience"), GAP, "GB6.1", True),
    (planned(), GAP, "GB6.1", False),
    (planned("provider_encounter", technical=True), GAP, "PAL.2", True),
    (planned("provider_encounter"), GAP, "PAL.2", False),
]


@pytest.mark.parametrize(("one", "theme", "code", "expected"), FITS)
def test_what_serves_what(one, theme, code, expected):
    assert fits(one, theme, code, ROWS) is expected


def test_each_student_asks_for_what_they_named_and_what_they_lack():
    one = asking(
        sector="Law", pathway="university", gaps=["GB6.1", "GB7.1.university", "GB7.1", "GB4.1", "GB8.1a", "GB3.4"]
    )
    found = {(demand.theme, demand.code) for demand in demands([one], [], ROWS)}
    assert found == {(SECTOR, "Law"), (PATHWAY, "university"), (PROVIDER, "university"), (GAP, "GB6.1")}


def test_the_undecided_name_no_pathway():
    assert demands([asking(pathway="undecided"), asking("b")], [], ROWS) == ()


def test_worst_first_is_who_would_have_no_place_then_how_many_ask():
    students = [
        *(asking(f"l{n}", sector="Law") for n in range(3)),
        *(asking(f"c{n}", sector="Construction") for n in range(9)),
    ]
    served = planned(sector="Construction", left=7)
    assert [one.code for one in demands(students, [served], ROWS)] == ["Law", "Construction"]
    assert [one.code for one in demands(students, [], ROWS)] == ["Construction", "Law"]


def without(*those, students=4, year=10):
    people = tuple(asking(f"s{n}", year, sector="Law") for n in range(students))
    return Demand(SECTOR, "Law", people, those).without_place


def test_how_many_would_have_no_place():
    assert without() == 4
    assert without(planned(sector="Law")) == 0  # no limit
    assert without(planned(sector="Law", left=3)) == 1
    assert without(planned(sector="Law", left=0, invited=["s0", "s1"])) == 2
    assert without(planned(sector="Law", years=[9])) == 4  # another year group's
    assert without(planned(sector="Law", left=1, years=[10]), planned(sector="Law", left=2, years=[10])) == 1


STUDENTS = st.lists(
    st.builds(
        Asking, st.text("abcdef", min_size=1, max_size=4), st.integers(7, 13), st.just("A"),
        st.sampled_from(["", "Law", "Construction"]), st.sampled_from(["", "university", "undecided", "t_level"]),
        st.frozensets(st.sampled_from(["GB6.1", "GB5.1", "GB7.1.university", "GB8.1a"])),
    ), max_size=8, unique_by=lambda one: one.key,
)  # fmt: skip
PLANS = st.lists(
    st.builds(
        planned, st.sampled_from(["employer_encounter", "he_visit", "workplace_experience"]),
        sector=st.sampled_from(["", "Law"]), left=st.none() | st.integers(0, 5),
        years=st.sets(st.integers(7, 13), max_size=2), invited=st.sets(st.text("abcdef", min_size=1, max_size=2)),
    ), max_size=4,
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(STUDENTS, PLANS)
def test_nobody_is_counted_twice_and_nobody_asks_in_vain(students, plans):
    found = demands(students, plans, ROWS)
    assert len({(one.theme, one.code) for one in found}) == len(found)
    for one in found:
        assert len(set(one.students)) == len(one.students) >= 1
        assert 0 <= one.without_place <= len(one.uninvited) <= len(one.students)
    assert list(found) == sorted(found, key=lambda one: one.order)


@settings(max_examples=80, deadline=None)
@given(STUDENTS, PLANS, st.sampled_from(["employer_encounter", "he_visit"]))
def test_one_more_activity_never_leaves_more_without_a_place(students, plans, kind):
    before = {(one.theme, one.code): one.without_place for one in demands(students, plans, ROWS)}
    for one in demands(students, [*plans, planned(kind, sector="Law")], ROWS):
        assert one.without_place <= before[one.theme, one.code]

"""Whatever is shown of the same people in several ways, no two of them laid against each other point at a few."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from pathbook.framework.disclosure import Row, gives_away, people_of
from pathbook.framework.hiding import hidden_rows
from pathbook.framework.shares import Share

PEOPLE = st.integers(6, 40)


def rows_of(groups, agree):
    """One way of looking: group -> people, as the rows a page would show."""
    return [Row(people_of(one), Share(len(set(one) & agree), len(one))) for one in groups if one]


def split(people, names):
    """The people by the name each was given, in order of the name."""
    return [[one for one, name in zip(people, names, strict=True) if name == said] for said in sorted(set(names))]


@st.composite
def looked_at(draw):
    """People, who of them has met it, and two to four ways of looking at them."""
    people = list(range(draw(PEOPLE)))
    agree = {one for one in people if draw(st.booleans())}
    ways = [
        split(people, [draw(st.integers(0, top)) for _ in people])
        for top in draw(st.lists(st.integers(1, 4), min_size=2, max_size=4))
    ]
    return people, agree, ways


@settings(max_examples=150, deadline=None)
@given(looked_at())
def test_no_two_ways_of_what_is_shown_give_anybody_away(case):
    people, agree, ways = case
    rows = [rows_of(way, agree) for way in ways]
    hidden = hidden_rows(rows)
    everyone = Row(people_of(people), Share(len(agree), len(people)))
    if any(0 < n < 5 for n in (everyone.share.of, everyone.share.missing)):
        assert all(len(out) == len(one) for out, one in zip(hidden, rows, strict=True))  # nothing is shown beside it
        return
    shown = [[row for at, row in enumerate(one) if at not in out] for one, out in zip(rows, hidden, strict=True)]
    for pair in combinations(shown, 2):
        assert not gives_away(everyone, pair)


def test_two_looked_after_inside_pupil_premium():
    """60 students, 20 pupil premium, 16 of whom are looked after: the 4 who are not would be known by subtraction."""
    people, agree = list(range(60)), set(range(0, 60, 2))
    premium = [people[:20], people[20:]]
    care = [people[:16], people[16:]]
    alone = hidden_rows([rows_of(premium, agree)]), hidden_rows([rows_of(care, agree)])
    assert alone == ((frozenset(),), (frozenset(),))
    first, second = hidden_rows([rows_of(premium, agree), rows_of(care, agree)])
    assert first == frozenset() and second == {0, 1}


def test_forms_of_a_year_whose_total_is_known():
    """Two years of 40; of one form of four, one student is missing: another form of that year is hidden with it."""
    people = list(range(80))
    agree = set(people) - set(range(0, 40, 3)) - {41} - set(range(60, 70))
    years, forms = [people[:40], people[40:]], [people[:20], people[20:40], people[40:60], people[60:]]
    _, hidden = hidden_rows([rows_of(years, agree), rows_of(forms, agree)])
    assert hidden == {2, 3}


def test_a_few_students_with_many_lessons_are_still_few():
    few, many = Row(people_of(range(3)), Share(12, 30)), Row(people_of(range(3, 40)), Share(100, 300))
    other = Row(people_of(range(40, 60)), Share(60, 120))
    assert 0 in hidden_rows([[few, many, other]])[0]

"""No two figures laid against each other give a small group away: checked by brute force over people, not over rows."""

from itertools import chain, combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from pathbook.framework.disclosure import Row, gives_away, people_of, withheld
from pathbook.framework.shares import Share

SMALL = 5


def row(people, agree):
    """The published row of these people; `agree`: those of everyone who do."""
    return Row(people_of(people), Share(len(set(people) & agree), len(people)))


def subsets(rows):
    return chain.from_iterable(combinations(rows, n) for n in range(len(rows) + 1))


def found_by_hand(people, agree, ways):
    """Every set of people that somebody with a list of names and two figures can count: is one of them small?"""
    known = [{frozenset().union(*some) for some in subsets(rows)} for rows in ways]
    known = [sets | {frozenset(people) - one for one in sets} for sets in known] + [{frozenset(), frozenset(people)}]
    for one, other in combinations(known, 2):
        for inner, outer in chain(((a, b) for a in one for b in other), ((b, a) for a in one for b in other)):
            rest = outer - inner
            if inner <= outer and any(0 < n < SMALL for n in (len(rest), len(rest & agree), len(rest - agree))):
                return True
    return False


def told(people, agree, ways):
    return gives_away(row(people, agree), [[row(one, agree) for one in rows] for rows in ways])


def test_two_ways_each_safe_that_together_give_two_people_away():
    """Years of 20 and 20; no SEN is Year 7 and two of Year 8."""
    people = set(range(40))
    years, sen = [set(range(20)), set(range(20, 40))], [set(range(22)), set(range(22, 40))]
    agree = set(range(0, 40, 2))
    assert not told(people, agree, [years]) and not told(people, agree, [sen])
    assert told(people, agree, [years, sen])


def test_the_way_given_last_gives_way_first():
    people, agree = set(range(40)), set(range(0, 40, 2))
    ways = {"year": [set(range(20)), set(range(20, 40))], "sen": [set(range(22)), set(range(22, 40))]}
    rows = {name: [row(one, agree) for one in sets] for name, sets in ways.items()}
    assert withheld(row(people, agree), rows) == {"sen"}


def test_ways_that_cut_right_across_each_other_are_shown():
    people, agree = set(range(40)), set(range(0, 40, 2))
    years, odd = [set(range(20)), set(range(20, 40))], [set(range(0, 40, 4)), people - set(range(0, 40, 4))]
    rows = {"year": [row(one, agree) for one in years], "odd": [row(one, agree) for one in odd]}
    assert withheld(row(people, agree), rows) == frozenset()


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_it_finds_what_trying_every_set_of_people_finds(data):
    many = data.draw(st.integers(6, 40))
    people = list(range(many))
    ways = []
    for parts in (3, 2, 2):
        part_of = data.draw(st.lists(st.integers(0, parts - 1), min_size=many, max_size=many))
        ways.append([{n for n in people if part_of[n] == part} for part in range(parts)])
    agree = set(data.draw(st.sets(st.sampled_from(people))))
    assert told(people, agree, ways) == found_by_hand(people, agree, ways)

"""What must hold of any allocation at all."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from pathbook.allocation import classes
from pathbook.allocation.fairness import WORST_OFF
from pathbook.allocation.improve import fair_start, improve
from tests.allocation.checker import WORTH_A_HAIR, check, every_answer
from tests.allocation.problems import problems

CALM = settings(max_examples=60, deadline=None)
LONG = 600  # seconds: never the reason a test ends


@CALM
@given(problems())
def test_an_answer_keeps_every_rule_at_once_and_when_improved(problem):
    start = fair_start(problem)
    check(problem, start)
    better = improve(problem, start, LONG)
    check(problem, better)
    assert better.finished


@CALM
@given(problems())
def test_slots_merged_for_the_sum_keep_every_rule_too(problem):
    before, classes.EXACT = classes.EXACT, 0
    try:
        start = fair_start(problem)
        check(problem, start)
        check(problem, improve(problem, start, LONG))
    finally:
        classes.EXACT = before


@CALM
@given(problems())
def test_improving_is_never_less_fair_and_lowers_the_total_only_to_be_fairer(problem):
    """Groups less short, or somebody worse off reached, or as fair and worth as much."""
    start = fair_start(problem)
    better = improve(problem, start, LONG)
    short = [sum(max(0, one.floor - one.met) for one in answer.groups) for answer in (start, better)]
    assert short[1] <= short[0] + WORTH_A_HAIR
    if short[1] >= short[0] - WORTH_A_HAIR:
        before, after = (_placed_down_to(problem, answer) for answer in (start, better))
        assert after >= before
        assert better.objective >= start.objective - WORTH_A_HAIR or after > before


@CALM
@given(problems())
def test_the_same_problem_gives_the_same_answer(problem):
    start = fair_start(problem)
    assert start == fair_start(problem)
    assert improve(problem, start, LONG) == improve(problem, start, LONG)


@CALM
@given(problems(), st.integers(0, 3), st.integers(1, 3))
def test_more_places_never_lower_the_ceiling(problem, which, more):
    at = which % len(problem.offers)
    grown = replace(problem.offers[at], capacity=problem.offers[at].capacity + more)
    larger = replace(problem, offers=(*problem.offers[:at], grown, *problem.offers[at + 1 :]))
    assert fair_start(larger).ceiling >= fair_start(problem).ceiling - WORTH_A_HAIR


@settings(max_examples=40, deadline=None)
@given(problems(students=4, offers=3, pins=False))
def test_the_improved_total_is_the_best_of_all_that_are_as_fair(problem):
    """Every allocation of a tiny problem is looked at: none as fair as the start is worth more than what is found."""
    problem = replace(problem, limit=1.0)
    start = fair_start(problem)
    better = improve(problem, start, LONG)
    best = max(_total(one) for one in every_answer(problem) if _as_many_of_the_worst_off(problem, one, start))
    assert better.bound >= best - WORTH_A_HAIR
    assert better.objective >= best * (1 - 0.005) - WORTH_A_HAIR
    assert better.ceiling >= max(map(_total, every_answer(problem))) - WORTH_A_HAIR


@settings(max_examples=40, deadline=None)
@given(problems(students=4, offers=3, pins=False))
def test_nobody_worse_off_is_left_with_nothing_where_they_need_not_be(problem):
    """With groups off: of the worst 1, 2 ... n off, no allocation there is places more than the answer at once."""
    problem = replace(problem, limit=1.0)
    start = fair_start(problem)
    placed = {place.student for place in start.places}
    for least in _steps(problem):
        worst = _at_least(problem, least)
        assert len(worst & placed) >= max(len(worst & {who for who, _ in one}) for one in every_answer(problem))


def _at_least(problem, least):
    return {wish.student for wish in problem.wishes if wish.value >= least}


def _placed_down_to(problem, answer):
    """Of those with the greatest need, with that or the next ..., how many have a place."""
    placed = {place.student for place in answer.places}
    return [len(_at_least(problem, least) & placed) for least in _steps(problem)]


def _steps(problem):
    """The needs of the worst off, the greatest first."""
    values = {wish.value for wish in problem.wishes}
    return sorted((value for value in values if value >= WORST_OFF * max(values)), reverse=True)


def _total(answer):
    return sum(answer.values())


def _as_many_of_the_worst_off(problem, answer, start):
    placed, before = {who for who, _ in answer}, {place.student for place in start.places}
    return all(
        len(_at_least(problem, least) & placed) >= len(_at_least(problem, least) & before) for least in _steps(problem)
    )

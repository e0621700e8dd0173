"""Who is invited by rule: a clause must fit wholly, a rule by one clause."""

import pytest

from pathbook.framework.invited import Clause, Rule, Someone, rule_of

RULE = Rule((Clause(years=(10,)), Clause(years=(9,), who=("ehcp",))))
PLAN = frozenset({"ehcp", "sen"})


@pytest.mark.parametrize(
    ("one", "invited"),
    [
        (Someone(10), True),
        (Someone(10, who=PLAN), True),
        (Someone(9, who=PLAN), True),
        (Someone(9), False),
        (Someone(9, who=frozenset({"sen"})), False),
        (Someone(11, who=PLAN), False),
    ],
)
def test_year_10_and_year_9_with_a_plan(one, invited):
    assert RULE.fits(one) is invited


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (RULE, "Year 10, and Year 9 with an EHC plan"),
        (Rule((Clause((7, 8, 9)),)), "Years 7, 8 and 9"),
        (Rule((Clause(who=("looked_after",)), Clause(forms=("10A", "10B")))), "Anyone looked after, and 10A and 10B"),
        (Rule((Clause((7, 8, 9, 10, 11, 12, 13)),)), "Every year group"),
        (Rule(), ""),
    ],
)
def test_a_rule_is_said_in_words_and_kept_whole(rule, words):
    assert rule.in_words == words
    assert rule_of(rule.kept) == rule


def test_a_clause_that_asks_what_is_not_known_invites_nobody_and_none_invites_everybody():
    assert not rule_of([{"years": [10], "who": ["tall"]}]).fits(Someone(10))
    assert not rule_of([{"years": [99]}]).fits(Someone(10))
    assert not rule_of([{}]).fits(Someone(10)) and not Rule((Clause(),)).fits(Someone(10))

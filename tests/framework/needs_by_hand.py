"""A student's need facts made by hand, everything unsaid filled in so that nothing is missing; 5 Feb 2026, Year 11."""

from datetime import date

from pathbook.framework.judge import judge_facts
from pathbook.framework.needs.facts import NeedFacts
from pathbook.framework.needs.find import needs_of
from pathbook.framework.needs.programme import Programme
from pathbook.framework.needs.rules import Change, rules_with
from tests.framework.facts_by_hand import student

AS_OF = date(2026, 2, 5)


def facts(year_group=11, *, as_of=AS_OF, set_id="2025", told=None, **more):
    """`told` goes to the student's facts, `more` to what only the rules ask."""
    someone = student(year_group, **(told or {}))
    (judged,) = judge_facts((someone,), set_id, as_of)
    return NeedFacts(someone, judged, **more)


def needs(one, *, programme=None, changes=None, as_of=AS_OF, set_id="2025"):
    """The needs of one student, most urgent first."""
    rules = rules_with(changes or {})
    (found,) = needs_of((one,), programme or Programme(), rules, set_id=set_id, as_of=as_of)
    return found.needs


def of_rule(code, one, **asked):
    return [need for need in needs(one, **asked) if need.code == code]


def only(code):
    """Changes that leave one rule on."""
    from pathbook.framework.needs.rules import rules

    return {name: Change(on=name == code) for name in rules()}

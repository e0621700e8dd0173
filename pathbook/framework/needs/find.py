"""Every need of a student, from every rule that is on; the same facts give the same list, in the same order."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from pathbook.framework.needs.choices import aspiration_unmet, no_intention, no_offer, said_unsure, undecided
from pathbook.framework.needs.entitlements import entitlement_gap, provider_access
from pathbook.framework.needs.facts import Known, NeedFacts, known
from pathbook.framework.needs.guidance import action_overdue, guidance_due, guidance_missed, guidance_not_written
from pathbook.framework.needs.need import Found, Need, StudentNeeds, need_of
from pathbook.framework.needs.presence import absent, prior_record
from pathbook.framework.needs.programme import Programme
from pathbook.framework.needs.rules import Rule
from pathbook.framework.needs.school_day import SchoolDay, school_day
from pathbook.framework.needs.support import barrier, neet_risk, review_due

FINDERS: Mapping[str, Callable[[Known, Rule, SchoolDay], Iterable[Found]]] = {
    finder.__name__: finder
    for finder in (
        guidance_missed, guidance_not_written, guidance_due, action_overdue, aspiration_unmet, undecided, said_unsure, review_due,
        prior_record, absent, barrier, no_intention, no_offer, neet_risk, provider_access, entitlement_gap,
    )
}  # fmt: skip


def needs_of(
    students: Iterable[NeedFacts], programme: Programme, rules: Sequence[Rule], *, set_id: str, as_of: date
) -> tuple[StudentNeeds, ...]:
    """Everyone given, whose most urgent need is most urgent first; students with no need come last."""
    day = school_day(programme, set_id, as_of)
    on = {rule.code: rule for rule in rules if rule.on and rule.weight > 0}
    ordered = [(FINDERS[code], on[code]) for code in FINDERS if code in on]
    found = (_student(facts, ordered, day) for facts in students)
    return tuple(sorted(found, key=lambda one: one.order))


def _student(
    facts: NeedFacts,
    ordered: Sequence[tuple[Callable[[Known, Rule, SchoolDay], Iterable[Found]], Rule]],
    day: SchoolDay,
) -> StudentNeeds:
    who = known(facts, day.as_of)
    needs = sorted(_needs(who, ordered, day), key=lambda need: need.order)
    student = facts.student
    return StudentNeeds(student.student_id, student.year_group, student.tutor_group, tuple(needs))


def _needs(
    who: Known, ordered: Sequence[tuple[Callable[[Known, Rule, SchoolDay], Iterable[Found]], Rule]], day: SchoolDay
) -> Iterator[Need]:
    """One need for one thing: the entitlements come last and leave out a criterion another rule has named already."""
    named: set[str] = set()
    for finder, rule in ordered:
        for found in finder(who, rule, day):
            if found.item is not None and found.item.weight <= 0:
                continue
            if found.criterion and found.criterion in named:
                continue
            named.add(found.criterion)
            wants = None if found.booked else found.wants
            step = day.shelf.step(who, wants, found.step or rule.step, found.due)
            yield need_of(who.facts.student.student_id, rule, found, step, day.as_of)

"""What must hold of needs for any student at all: order, severity, what recording does, and what a fingerprint is."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from pathbook.framework.judge import judge_facts
from pathbook.framework.needs.facts import Circumstances, Hope, NeedFacts, NextReview, Offer, OpenAction, OpenBarrier
from pathbook.framework.needs.find import needs_of
from pathbook.framework.needs.need import closeness
from pathbook.framework.needs.programme import Coming, HeldForGroup, Programme
from pathbook.framework.needs.rules import Change, rules, rules_with
from tests.framework.facts_by_hand import met, said
from tests.framework.needs_by_hand import AS_OF
from tests.framework.test_properties import MEETINGS, SET_IDS, STUDENTS, TAKES

DAYS = st.dates(date(2024, 9, 1), date(2026, 8, 31))
KEYS = st.text("abcdef", min_size=3, max_size=3)
HOPES = st.builds(Hope, KEYS, st.dates(date(2024, 9, 1), AS_OF), st.sampled_from(["", "undecided", "university", "apprenticeship"]),
                  st.sampled_from(["", "Construction"]))  # fmt: skip
MORE = st.fixed_dictionaries({
    "circumstances": st.builds(Circumstances, st.sampled_from("NKE"), st.booleans(), st.booleans(), st.booleans(), st.booleans()),
    "actions": st.lists(st.builds(OpenAction, KEYS, st.just("Read"), st.just("Student"), DAYS), max_size=4, unique_by=lambda a: a.id).map(tuple),
    "hope": st.none() | HOPES,
    "barriers": st.lists(st.builds(OpenBarrier, KEYS, st.sampled_from(["travel", "money"]), DAYS, st.none() | DAYS), max_size=2, unique_by=lambda b: b.id).map(tuple),
    "review": st.none() | st.builds(NextReview, KEYS, DAYS),
    "offers": st.lists(st.builds(Offer, KEYS, st.booleans()), max_size=2, unique_by=lambda o: o.id).map(tuple),
})  # fmt: skip
ALL_ON = {"neet_risk": Change(on=True, settings={"enough": 1})}
PROGRAMME = Programme(
    coming=tuple(
        Coming(
            f"c{n}",
            f"Talk {n}",
            AS_OF + timedelta(days=n % 3 + 1),
            frozenset({kind}),
            sectors=frozenset({"Construction"}),
        )
        for n, kind in enumerate(("employer_encounter", "workplace_experience", "labour_market_information") * 2)
    ),
    held={"": (HeldForGroup("h1", "Fair", date(2025, 10, 8), frozenset({"employer_encounter"})),)},
)


def judged(student, set_id="2025", **more):
    (verdicts,) = judge_facts((student,), set_id, AS_OF)
    return NeedFacts(student, verdicts, **more)


def found(many, set_id="2025", as_of=AS_OF, changes=None, programme=PROGRAMME):
    return needs_of(many, programme, rules_with(changes or ALL_ON), set_id=set_id, as_of=as_of)


def gaps(student, set_id):
    """With the hope that the student's aspirations make, as the rows would have it."""
    latest = max((one for one in student.aspirations if one.on <= AS_OF), key=lambda one: one.on, default=None)
    hope = Hope("1", latest.on, latest.pathway) if latest else None
    ((one),) = found((judged(student, set_id, hope=hope),), set_id)
    return {need.criterion for need in one.needs if need.code == "entitlement_gap"}


RECORDS = st.one_of(
    TAKES.map(lambda one: ("took", one)),
    MEETINGS.map(lambda one: ("met", one)),
    st.builds(said, st.sampled_from(["university", "undecided", "t_level"]), DAYS).map(
        lambda one: ("aspirations", one)
    ),
    DAYS.map(lambda day: ("intentions", day)),
    DAYS.map(lambda day: ("prior_records", day)),
    DAYS.map(lambda day: ("own_readings", day)),
)


@settings(max_examples=150, deadline=None)
@given(STUDENTS, RECORDS, SET_IDS)
def test_adding_a_record_never_adds_an_entitlement_gap(student, record, set_id):
    """Nor does the hope of a university: the visits it asks for are said with the hope."""
    field, value = record
    richer = replace(student, **{field: (*getattr(student, field), value)})
    assert gaps(richer, set_id) <= gaps(student, set_id)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(STUDENTS, MORE), min_size=1, max_size=4), st.randoms(use_true_random=False), SET_IDS)
def test_the_order_is_total_and_the_same_however_the_facts_arrive(many, rng, set_id):
    whole = [judged(student, set_id, **more) for student, more in many]
    first = found(whole, set_id)
    again = found([shuffled(one, rng) for one in rng.sample(whole, len(whole))], set_id, programme=mixed(rng))
    assert first == again
    for one in first:
        orders = [need.order for need in one.needs]
        assert orders == sorted(orders) and len(set(orders)) == len(orders)
    assert [one.order for one in first] == sorted(one.order for one in first)


def shuffled(one, rng: Random):
    def mix(many):
        return tuple(rng.sample(list(many), len(many)))

    student = replace(one.student, took=mix(one.student.took), met=mix(one.student.met))
    return replace(one, student=student, actions=mix(one.actions), barriers=mix(one.barriers), offers=mix(one.offers))


def mixed(rng: Random):
    return replace(PROGRAMME, coming=tuple(rng.sample(PROGRAMME.coming, len(PROGRAMME.coming))))


@settings(max_examples=60, deadline=None)
@given(STUDENTS, MORE, SET_IDS)
def test_every_need_says_why_and_is_between_0_and_1(student, more, set_id):
    for need in found((judged(student, set_id, **more),), set_id)[0].needs:
        assert 0 < need.severity <= 1
        assert need.reason and need.suggested.words and need.how and need.plain and need.reads
        assert need.code in rules()


@settings(max_examples=40, deadline=None)
@given(STUDENTS, MORE)
def test_two_needs_of_a_student_never_share_a_fingerprint(student, more):
    (one,) = found((judged(student, **more),))
    prints = [need.fingerprint for need in one.needs]
    assert len(prints) == len(set(prints))


@settings(max_examples=60, deadline=None)
@given(STUDENTS, MORE, st.floats(0.1, 1), st.integers(0, 20))
def test_a_fingerprint_keeps_through_days_weights_and_steps(student, more, weight, days):
    """Within the school year, a need found on both days with the same facts is the same need."""
    one = judged(student, **more)
    changes = ALL_ON | {"entitlement_gap": Change(weight=weight)}
    later = AS_OF + timedelta(days=days)
    now = {key(need): need.fingerprint for need in found((one,), changes=ALL_ON)[0].needs}
    then = {
        key(need): need.fingerprint
        for need in found((one,), changes=changes, as_of=later, programme=Programme())[0].needs
    }
    same = {need for need in now if need in then and need[0] not in MOVING}
    assert all(now[need] == then[need] for need in same)


MOVING = {"guidance_missed", "absent", "entitlement_gap", "neet_risk"}  # a later day may bring more records into view


def key(need):
    return (need.code, need.criterion, need.evidence, need.due)


@given(st.integers(-1000, 3000))
def test_a_need_never_grows_less_urgent_as_its_day_nears(days):
    assert 0 < closeness(days + 1) <= closeness(days) <= 1


def test_when_the_facts_change_the_fingerprint_does():
    def gap_of(*meetings):
        from tests.framework.facts_by_hand import student

        needs = found((judged(student(11, met=meetings)),))[0].needs
        return next(need.fingerprint for need in needs if need.criterion == "GB8.1a")

    before = gap_of()
    assert gap_of() == before
    assert gap_of(met(level=4)) != before

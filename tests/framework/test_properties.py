"""What must hold for any school at all."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from pathbook.framework.evaluate import evaluate
from pathbook.framework.judge import judge_facts, measure_of
from pathbook.framework.kinds import KINDS, PROVIDER_TYPES
from pathbook.framework.sets import SETS, load
from tests.framework.facts_by_hand import AS_OF, met, said, school, student, took

DAYS = st.dates(date(2019, 9, 1), date(2026, 7, 31))
TAKES = st.builds(
    took, kind=st.sampled_from(sorted(KINDS)), on=DAYS, provider_type=st.sampled_from(["", *PROVIDER_TYPES]),
    status=st.sampled_from(["planned", "attended", "absent", "excused", "withdrawn"]), hours=st.floats(0, 25),
    meaningful=st.booleans(), technical=st.booleans(), provider=st.sampled_from(["A", "B"]),
    subject=st.sampled_from(["", "Science", "French"]),
)  # fmt: skip
MEETINGS = st.builds(met, on=DAYS, level=st.integers(3, 8), status=st.sampled_from(["held", "booked", "cancelled"]),
                     summary=st.booleans(), agreed=st.booleans())  # fmt: skip
STUDENTS = st.builds(
    student, st.integers(7, 13), took=st.lists(TAKES, max_size=8).map(tuple), met=st.lists(MEETINGS, max_size=3).map(tuple),
    subjects=st.frozensets(st.sampled_from(["Science", "French", "Art"])),
    aspirations=st.lists(st.builds(said, st.sampled_from(["university", "undecided"]), DAYS), max_size=2).map(tuple),
)  # fmt: skip
SET_IDS = st.sampled_from(sorted(SETS))


def counts(evaluation):
    rows = {}
    for benchmark in evaluation.benchmarks:
        for result in benchmark.criteria:
            if result.share is not None:
                rows[result.criterion.id] = result.share
                rows |= {part.id: part.share for part in result.parts}
    return rows | {part.id: part.share for part in evaluation.provider_access}


@settings(max_examples=60, deadline=None)
@given(st.lists(STUDENTS, min_size=1, max_size=4), TAKES, SET_IDS)
def test_recording_something_never_lowers_a_numerator_or_changes_a_denominator(students, more, set_id):
    before = counts(evaluate(school(*students), set_id, AS_OF))
    first = students[0]
    richer = student(first.year_group, took=(*first.took, more), met=first.met, subjects=first.subjects,
                     aspirations=first.aspirations)  # fmt: skip
    after = counts(evaluate(school(richer, *students[1:]), set_id, AS_OF))
    for row in before:
        assert after[row].of >= before[row].of, row
        assert after[row].out_of == before[row].out_of, row


@settings(max_examples=60, deadline=None)
@given(st.lists(STUDENTS, max_size=6), st.integers(0, 6), SET_IDS)
def test_splitting_a_cohort_never_changes_totals(students, at, set_id):
    whole = counts(evaluate(school(*students), set_id, AS_OF))
    one, other = (counts(evaluate(school(*part), set_id, AS_OF)) for part in (students[:at], students[at:]))
    for row, share in whole.items():
        assert (one[row].of + other[row].of, one[row].out_of + other[row].out_of) == (share.of, share.out_of), row


@settings(max_examples=60, deadline=None)
@given(st.lists(STUDENTS, max_size=6), SET_IDS)
def test_adding_up_students_and_evaluating_the_school_agree(students, set_id):
    """Two ways of asking: the coverage of each student, and the evaluation of all."""
    evaluation = evaluate(school(*students), set_id, AS_OF)
    judged = judge_facts(tuple(students), set_id, AS_OF)
    for row, share in counts(evaluation).items():
        measure = measure_of(set_id, row)
        if measure is None or measure.sums_parts or measure.per_item or not measure.due_in:
            continue
        due = [one.verdicts[row] for one in judged if row in one.verdicts and one.year_group in measure.due_in]
        assert (sum(verdict.met for verdict in due), len(due)) == (share.of, share.out_of), row


@settings(max_examples=30, deadline=None)
@given(st.lists(STUDENTS, max_size=4), SET_IDS)
def test_year_groups_add_up_and_a_later_day_never_loses_what_was_ever_had(students, set_id):
    evaluation = evaluate(school(*students), set_id, AS_OF)
    for benchmark in evaluation.benchmarks:
        for result in benchmark.criteria:
            for share in (result.by_year_group or {}).values():
                assert 0 <= share.of <= share.out_of


def test_every_criterion_has_a_source_or_says_why_not_and_every_quantity_criterion_is_counted():
    for set_id in SETS:
        for benchmark in load(set_id).benchmarks:
            for criterion in benchmark.criteria:
                assert isinstance(criterion.verified, bool)
                assert criterion.sources or criterion.why_unverified, criterion.id
                if criterion.kind != "practice":
                    assert measure_of(set_id, criterion.id), f"{criterion.id} of {set_id} is counted by nothing"

"""A sample is fair whatever the seed: each year and group in its share, the same again from the same seed."""

from collections import Counter
from fractions import Fraction
from math import ceil, floor

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from pathbook.framework.sampling import Candidate, draw

STRATA = some.tuples(some.sampled_from(("07", "08", "11")), some.sampled_from(("SEN", "premium", "-")))
SUBJECTS = some.lists(some.sampled_from(("Art", "Maths", "Music", "Science")), max_size=4, unique=True).map(tuple)
ROLLS = some.lists(some.tuples(STRATA, SUBJECTS), max_size=60).map(
    lambda rows: [Candidate(f"{n:03}", stratum, subjects) for n, (stratum, subjects) in enumerate(rows)]
)
SEEDS = some.integers(0, 999_999)
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # on a busy machine
MANY = some.integers(0, 70)


@PATIENT
@given(ROLLS, MANY, SEEDS)
def test_as_many_as_asked_and_never_one_twice(roll, many, seed):
    ids = [one.candidate.id for one in draw(roll, many, seed=seed)]
    assert len(ids) == len(set(ids)) == min(many, len(roll))


@PATIENT
@given(ROLLS, MANY, SEEDS, some.randoms())
def test_the_same_seed_draws_the_same_in_whatever_order_the_roll_comes(roll, many, seed, lot):
    before = draw(roll, many, seed=seed)
    lot.shuffle(roll)
    assert draw(roll, many, seed=seed) == before


@PATIENT
@given(ROLLS, some.integers(1, 70), SEEDS)
def test_every_year_and_every_group_of_it_has_its_share_rounded_down_or_up(roll, many, seed):
    drawn = draw(roll, many, seed=seed)
    for of in (lambda one: one.stratum[:1], lambda one: one.stratum):
        there, taken = Counter(map(of, roll)), Counter(of(one.candidate) for one in drawn)
        for stratum, size in there.items():
            share = Fraction(size * len(drawn), len(roll))
            assert floor(share) <= taken[stratum] <= ceil(share)


@PATIENT
@given(ROLLS, MANY, SEEDS)
def test_each_is_seen_in_a_subject_of_their_own(roll, many, seed):
    for one in draw(roll, many, seed=seed):
        assert one.choice in one.candidate.choices or (one.choice == "" and not one.candidate.choices)


@PATIENT
@given(some.integers(1, 40), SEEDS)
def test_subjects_everybody_studies_come_as_often_as_each_other(many, seed):
    roll = [Candidate(f"{n:03}", ("07",), ("Art", "Maths", "Music")) for n in range(40)]
    often = Counter(one.choice for one in draw(roll, many, seed=seed))
    assert max(often.values()) - min(often[name] for name in ("Art", "Maths", "Music")) <= 1


def test_over_many_seeds_everyone_has_the_same_chance():
    roll = [Candidate(f"{n:02}", (f"{7 + n % 3:02}",)) for n in range(20)]
    times = Counter(one.candidate.id for seed in range(3000) for one in draw(roll, 5, seed=seed))
    assert all(abs(times[one.id] - 750) < 130 for one in roll), times


def test_another_seed_draws_others():
    roll = [Candidate(f"{n:03}", ("07",)) for n in range(300)]
    assert len({draw(roll, 12, seed=seed) for seed in range(50)}) == 50

"""The published national years, and whether a school could say that it fully meets a benchmark."""

from datetime import date
from fractions import Fraction

import pytest

from pathbook.framework.evaluate import Stated, evaluate
from pathbook.framework.nation import (
    NO,
    UNKNOWN,
    YES,
    fully_meets,
    latest_of,
    national_years,
    not_stated,
    three_and_eight,
)
from tests.framework import facts_by_hand as by_hand

# As published, whole numbers: year, schools and colleges that answered, Benchmark 3, Benchmark 8, points apart
PUBLISHED = """
2017/18  3092  13  49  36
2018/19  3351  20  57  37
2019/20  3296  27  63  36
2020/21  3893  38  65  27
2022/23  4534  54  75  21
"""
WHOLE = [line.split() for line in PUBLISHED.strip().splitlines()]


def whole(number):
    return str(int(Fraction(str(number)) + Fraction(1, 2)))


def test_the_table_of_benchmarks_3_and_8_as_published():
    rows = three_and_eight(national_years())
    said = [[y.label, str(y.n), whole(y.percents[3]), whole(y.percents[8]), whole(round(y.gap, 1))] for y in rows]
    assert said == WHOLE


def test_a_figure_of_no_date_and_no_count_is_not_in_that_table():
    interim = next(year for year in national_years() if "interim" in year.label)
    assert interim.gap == 36 and interim not in three_and_eight(national_years())


@pytest.mark.parametrize(
    "year", [y for y in national_years() if len(y.percents) == 8 and y.average], ids=lambda y: y.label
)
def test_eight_shares_of_schools_add_up_to_the_average_met(year):
    """What each school fully meets, added up over schools, is the same sum."""
    assert abs(sum(year.percents.values()) / 100 - year.average) <= 0.011


def test_every_year_says_where_it_comes_from():
    for year in national_years():
        assert year.report and year.sources and year.verified in ("true", "secondary", "false"), year.label
        assert year.verified == "true" or year.note, year.label


def test_the_last_published_figure_of_a_benchmark_is_not_the_last_year():
    assert latest_of(national_years(), 3).label == "2022/23"
    assert national_years()[-1].label == "2024/25"


def judged(students, **stated):
    school = by_hand.school(*students)
    said = {name.replace("_", "."): said for name, said in stated.items()}
    return {r.benchmark.id: r for r in evaluate(school, "2018", date(2026, 2, 1), stated=said).benchmarks}


def met_an_employer(how_many, out_of):
    return [by_hand.student(took=(by_hand.took(),) if n < how_many else ()) for n in range(out_of)]


def test_all_but_one_student_is_not_fully():
    assert fully_meets(judged(met_an_employer(10, 10))["GB5"]) == YES
    assert fully_meets(judged(met_an_employer(9, 10))["GB5"]) == NO


def test_what_nobody_has_stated_is_neither_yes_nor_no():
    before = judged(met_an_employer(1, 1))["GB1"]
    assert (fully_meets(before), not_stated(before)) == (UNKNOWN, 3)
    met = {f"GB1_{n}": Stated("met", 1) for n in (1, 2, 3)}
    assert fully_meets(judged(met_an_employer(1, 1), **met)["GB1"]) == YES
    assert fully_meets(judged(met_an_employer(1, 1), **met | {"GB1_3": Stated("in_progress")})["GB1"]) == NO


def test_a_school_without_year_13_is_not_asked_about_year_13():
    """Year 11s who have each been to a workplace; nobody for whom "after 16" could be counted."""
    one = by_hand.student(took=(by_hand.took("workplace_experience"),))
    assert fully_meets(judged([one])["GB6"]) == YES


def test_nobody_on_the_roll_meets_nothing():
    assert fully_meets(judged([])["GB5"]) == UNKNOWN

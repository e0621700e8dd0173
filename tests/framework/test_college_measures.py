"""Colleges and training providers: each rule on a cohort small enough to count by hand. The table is the check.

Six learners on 1 February 2026. Year 13 (programme begun September 2024): Ada, Ben, Cy. Year 12 (begun this September):
Dee, Eve, Fay. Each studies Biology and Law.

| what each did                              | Ada | Ben | Cy  | Dee | Eve | Fay |
|--------------------------------------------|-----|-----|-----|-----|-----|-----|
| labour market information, Oct 2024 or 2025| yes |     | at school |  |  yes |   |
| employers this year                        | 2, one in Biology | 2, none in a subject | 1 in Law | 2 in Law, one without checklist | | |
| workplace                                  | Nov 2024 | at school | without checklist | yes | | |
| providers                                  | university, college, training | university | sixth form | college, training | | |
| careers link                               | Biology 2024, Law 2025 | Biology | at school, Law | Law | | |
| guidance                                   | level 6, 2025 | level 4 | level 6, at school | level 6, nothing written | | |
"""

from datetime import date

import pytest

from pathbook.framework.evaluate import evaluate
from pathbook.framework.facts import LeaverFacts
from pathbook.framework.forecast import forecast_rows
from pathbook.framework.judge import judge_facts, measure_of, rows_for
from pathbook.framework.sets import load
from tests.framework.facts_by_hand import AS_OF, met, said, school, student, took

AT_SCHOOL, LAST_YEAR = date(2024, 3, 5), date(2024, 11, 5)
BOTH = frozenset({"Biology", "Law"})
EMPLOYER, WORK, MARKET, LINK = (
    "employer_encounter",
    "workplace_experience",
    "labour_market_information",
    "curriculum_link",
)


def providers(*types):
    return tuple(took("provider_encounter", provider_type=one) for one in types)


def learner(year, *takes, **said_of):
    return student(year, took=takes, subjects=BOTH, **said_of)


COHORT = (
    learner(
        13, took(MARKET, on=LAST_YEAR), took(EMPLOYER, subject="Biology"), took(EMPLOYER), took(WORK, on=LAST_YEAR),
        *providers("university", "fe_college", "training_provider"), took(LINK, on=LAST_YEAR, subject="Biology"),
        took(LINK, subject="Law"), met=(met(),), aspirations=(said(),), intentions=(date(2025, 12, 1),),
        prior_records=(LAST_YEAR,), own_readings=(AS_OF,),
    ),
    learner(
        13, took(EMPLOYER), took(EMPLOYER), took(WORK, on=AT_SCHOOL), *providers("university"),
        took(LINK, subject="Biology"), met=(met(level=4),), aspirations=(said(on=LAST_YEAR),),
    ),
    learner(
        13, took(MARKET, on=AT_SCHOOL), took(EMPLOYER, subject="Law"), took(WORK, meaningful=False),
        *providers("sixth_form"), took(LINK, on=AT_SCHOOL, subject="Law"), met=(met(on=AT_SCHOOL),),
    ),
    learner(
        12, took(EMPLOYER, subject="Law"), took(EMPLOYER, subject="Law", meaningful=False), took(WORK),
        *providers("fe_college", "training_provider"), took(LINK, subject="Law"), met=(met(summary=False),),
        prior_records=(date(2025, 9, 9),),
    ),
    learner(12, took(MARKET)),
    learner(12, own_readings=(date(2025, 3, 1),)),
)  # fmt: skip
LEFT = tuple(LeaverFacts(f"left {n}", 13, (AS_OF,) if n else ()) for n in range(3))
TABLE = [  # criterion, counted and of in the 2025 set, counted and of in the 2018 set
    ("GB2.1C", (1, 3), (1, 3)),  # Ada; Cy's was at school; Eve is in Year 12, on the way
    ("GB3.2C", (2, 3), (2, 3)),  # three meetings this year: Ada's and Ben's written up, Dee's not
    ("GB3.3C", (2, 6), (2, 6)),  # Ada's and Dee's earlier records came
    ("GB3.4C", (1, 6), None),  # Ada; Fay opened hers last year. 2018: a practice, stated
    ("GB3.5C.aspiration", (1, 6), None),  # Ada; Ben's was last year
    ("GB3.5C.intention", (1, 3), None),
    ("GB3.5C.destination", (2, 3), None),
    ("GB3.5C", (4, 12), (2, 3)),  # the three together; 2018 asks for destinations only
    ("GB4.1C", (3, 6), (3, 6)),  # of two subjects each in Year 13: Ada both, Ben one, Cy none in the programme
    ("GB5.1C", (1, 6), (2, 6)),  # Ada; without checklists Dee too; Ben has none in a subject, Cy has one
    ("GB6.1C", (1, 3), (2, 3)),  # Ada; without checklists Cy too; Ben's was at school
    ("GB7.1C", (1, 3), (1, 3)),
    ("GB7.1C.university", (2, 3), (2, 3)),
    ("GB7.1C.fe_college", (1, 3), (1, 3)),
    ("GB7.1C.training_provider", (1, 3), (1, 3)),
    ("GB8.1C", (1, 3), (2, 3)),  # Ada; the 2018 set asks no level of the adviser: Ben too; Cy's was at school
]


def counted(set_id, audience="college"):
    evaluation = evaluate(school(*COHORT, leavers=LEFT), set_id, AS_OF, audience=audience)
    found = {}
    for result in (result for benchmark in evaluation.benchmarks for result in benchmark.criteria):
        if result.share:
            found[result.criterion.id] = (result.share.of, result.share.out_of)
        found |= {part.id: (part.share.of, part.share.out_of) for part in result.parts}
    return found


@pytest.mark.parametrize(("row", "by_2025", "by_2018"), TABLE, ids=[row for row, *_ in TABLE])
def test_every_rule_counts_what_the_table_says(row, by_2025, by_2018):
    assert counted("2025").get(row) == by_2025 and counted("2018").get(row) == by_2018


@pytest.mark.parametrize("set_id", ["2025", "2018"])
def test_every_counted_criterion_of_a_college_is_in_the_table_and_has_its_row(set_id):
    """GB1.3C of 2018, a review every three years, is of the college and of no learner: stated."""
    asked = {c.id for b in load(set_id, "college").benchmarks for c in b.criteria if c.kind == "quantity"} - {"GB1.3C"}
    assert asked == {row for row in counted(set_id) if row.count(".") == 1} <= {row for row, *_ in TABLE}
    assert all(measure_of(set_id, row) for row in asked)


def test_a_training_provider_is_asked_the_same_and_neither_owes_provider_access():
    assert counted("2025", "itp") == counted("2025")
    assert not evaluate(school(*COHORT), "2025", AS_OF, audience="college").provider_access
    assert not any(row.id.startswith("PAL") for row in rows_for("2025", "college"))


def test_year_12_is_on_the_way_and_a_forecast_looks_at_the_same_rows():
    dee = judge_facts(COHORT[3:4], "2025", AS_OF, "college")[0]
    assert dee.verdicts["GB6.1C"].met and not dee.verdicts["GB5.1C"].met and dee.applies("GB7.1C")
    assert {row.id for row in forecast_rows("2025", "college")} <= {row.id for row in rows_for("2025", "college")}

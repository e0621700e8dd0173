"""Schools: each criterion of both sets on a cohort small enough to count by hand. The table is the check.

Eight students on 1 February 2026. Year 8: Hal, who joined in September. Year 9: Ann, Bo. Year 11: Cy, Di, and Ed, who
joined in September. Year 13: Flo, Gus. Ann and Bo study Science and History, Cy and Di study Science.

| what each did         | Hal | Ann               | Bo                 | Cy                | Di               | Ed | Flo               | Gus            |
|-----------------------|-----|-------------------|--------------------|-------------------|------------------|----|-------------------|----------------|
| market information    |     | in Year 8         |                    | this year         | in Year 9        |    | in Year 12        |                |
| employer              | yes | yes               | no checklist       | yes               | last year        |    |                   |                |
| workplace             |     | 25 hours, Year 8  |                    | 15 and 10 hours   | 5 hours          |    | in Year 12        | no checklist   |
| careers link          |     | Science           | History            | Science           |                  |    |                   |                |
| providers             |     | 2 technical       | the same one twice | all four kinds, 2 technical | college, no checklist | | 2 technical, at one absent | |
| visits to universities|     |                   |                    | 1                 |                  |    | 2                 | 1              |
| guidance              |     |                   |                    | level 6           | level 4, nothing agreed | | level 6      | booked         |
| said or opened        | prior record | aspiration, opened own |       | intention         |                  |    | university, intention | university |
"""

from datetime import date

import pytest

from pathbook.framework.evaluate import evaluate
from pathbook.framework.facts import LeaverFacts
from pathbook.framework.sets import EXPECTATIONS, load
from tests.framework.facts_by_hand import AS_OF, met, said, school, student, took

EMPLOYER, WORK, MARKET, LINK, VISIT, PROVIDER = (
    "employer_encounter", "workplace_experience", "labour_market_information", "curriculum_link", "he_visit",
    "provider_encounter",
)  # fmt: skip
JOINED = date(2025, 9, 2)
TWO = frozenset({"Science", "History"})


def technical(provider, kind="fe_college", **said_of):
    return took(PROVIDER, provider_type=kind, provider=provider, technical=True, **said_of)


COHORT = {
    "Hal": student(8, took=(took(),), first_enrolled=JOINED, year_groups={2025: 8}, prior_records=(date(2025, 9, 9),)),
    "Ann": student(
        9, took=(took(MARKET, on=date(2024, 11, 5)), took(), took(WORK, on=date(2025, 6, 9), hours=25.0),
                 took(LINK, subject="Science"), technical("College"), technical("Trainer", "training_provider")),
        subjects=TWO, aspirations=(said("apprenticeship"),), own_readings=(AS_OF,),
    ),
    "Bo": student(
        9, took=(took(meaningful=False), took(LINK, subject="History"), technical("College"), technical("College")), subjects=TWO
    ),
    "Cy": student(
        11, took=(took(MARKET), took(), took(WORK, on=date(2025, 6, 9), hours=15.0), took(WORK, hours=10.0),
                  took(LINK, subject="Science"), took(PROVIDER, provider_type="sixth_form"), technical("College"),
                  technical("Trainer", "training_provider"), took(VISIT)),
        subjects=frozenset({"Science"}), met=(met(),), intentions=(date(2025, 12, 1),),
    ),
    "Di": student(
        11, took=(took(MARKET, on=date(2024, 6, 5)), took(on=date(2025, 3, 5)), took(WORK, hours=5.0),
                  took(PROVIDER, provider_type="fe_college", meaningful=False)),
        subjects=frozenset({"Science"}), met=(met(level=4, agreed=False),),
    ),
    "Ed": student(11, first_enrolled=JOINED, year_groups={2025: 11}),
    "Flo": student(
        13, took=(took(MARKET, on=date(2024, 11, 5)), took(WORK, on=date(2024, 11, 5)), technical("College"),
                  technical("Trainer", "training_provider", status="absent"), took(VISIT, on=date(2024, 3, 5)), took(VISIT)),
        met=(met(),), aspirations=(said("university"),), intentions=(date(2025, 12, 1),),
    ),
    "Gus": student(
        13, took=(took(WORK, meaningful=False), took(VISIT)), met=(met(status="booked"),), aspirations=(said("university"),)
    ),
}  # fmt: skip
LEFT = tuple(LeaverFacts(f"left {n}", 11, (AS_OF,) if n else ()) for n in range(3))
TABLE = [  # criterion, counted and of in the 2025 set, counted and of in the 2018 set
    ("GB2.1", (3, 7), (1, 2)),  # Ann, Cy, Flo within their stage; Di's was in an earlier one. 2018: by 14, of Ann and Bo
    ("GB3.2", (2, 3), (2, 3)),  # three meetings: Di's has nothing agreed and nothing said of it
    ("GB3.3", (1, 2), (1, 8)),  # of those who joined, Hal's record came. 2018: Ann opened her own
    ("GB3.4", (1, 8), (2, 3)),  # Ann opened her own. 2018: two of three leavers' destinations are known
    ("GB3.5.aspiration", (3, 8), None),  # Ann, Flo, Gus
    ("GB3.5.intention", (2, 5), None),  # of Years 11 and 13: Cy, Flo
    ("GB3.5.destination", (2, 3), None),
    ("GB3.5", (7, 16), None),  # the three together
    ("GB4.1", (3, 6), (1, 2)),  # six pairs: Ann in Science, Bo in History, Cy in Science. 2018: STEM by 14, Ann
    ("GB5.1", (3, 8), (4, 8)),  # Hal, Ann, Cy; without its checklist Bo too
    ("GB6.1", (1, 3), (2, 3)),  # Cy has two. 2018: one is enough, Di too
    ("GB6.2", (1, 2), (2, 2)),  # Flo; without its checklist Gus too
    ("GB6.G1", (1, 2), None),  # Ann: 25 hours are five days
    ("GB6.G2", (1, 3), None),  # Cy: 15 and 10 hours
    ("GB7.1", (1, 3), (1, 3)),  # Cy
    ("GB7.1.sixth_form", (1, 3), (1, 3)),
    ("GB7.1.fe_college", (1, 3), (2, 3)),  # without its checklist Di too
    ("GB7.1.university", (1, 3), (1, 3)),  # Cy's visit
    ("GB7.1.training_provider", (1, 3), (1, 3)),
    ("GB7.2", (1, 2), (1, 2)),  # of the two who think of university, Flo
    ("GB8.1a", (1, 3), None),  # Cy; Di's adviser is at level 4
    ("GB8.1b", (1, 2), None),  # Flo; Gus's is booked
    ("GB8.1", (2, 5), (2, 3)),  # both parts. 2018: any adviser, so Di too
    ("GB8.2", None, (2, 2)),  # 2018 asks for the offer: Gus too. 2025: a practice, stated
    ("PAL.1", (1, 2), (1, 2)),  # Ann; Bo met the same one twice
    ("PAL.2", (1, 3), (1, 3)),  # Cy
    ("PAL.3", (1, 2), (1, 2)),  # an offer is enough: Flo
]  # fmt: skip


def counted(set_id):
    evaluation = evaluate(school(*COHORT.values(), leavers=LEFT), set_id, AS_OF)
    found = {part.id: (part.share.of, part.share.out_of) for part in evaluation.provider_access}
    for result in (result for benchmark in evaluation.benchmarks for result in benchmark.criteria):
        if result.share:
            found[result.criterion.id] = (result.share.of, result.share.out_of)
        found |= {part.id: (part.share.of, part.share.out_of) for part in result.parts}
    return found


@pytest.mark.parametrize(("row", "by_2025", "by_2018"), TABLE, ids=[row for row, *_ in TABLE])
def test_every_criterion_counts_what_the_table_says(row, by_2025, by_2018):
    assert (counted("2025").get(row), counted("2018").get(row)) == (by_2025, by_2018)


@pytest.mark.parametrize("set_id", ["2025", "2018"])
def test_every_counted_criterion_of_the_set_is_in_the_table_and_nothing_else_is_counted(set_id):
    asked = {c.id for b in load(set_id, "school").benchmarks for c in b.criteria if c.kind == "quantity"}
    assert asked <= {row for row, *_ in TABLE}
    assert counted(set_id).keys() == {row for row, *by in TABLE if by[set_id == "2018"]} >= asked - set(EXPECTATIONS)

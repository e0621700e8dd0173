"""A criterion is met from the share the set's file requires, or from the school's own; the tool's bands, or the school's."""

import json
from importlib import resources

import pytest

from pathbook.framework.evaluate import evaluate
from pathbook.framework.pass_rules import PassRule, bands_of, judged_under, wrong_with
from pathbook.framework.sets import FRAMEWORKS, SETS, load
from pathbook.framework.shares import Share
from pathbook.framework.told import told
from tests.framework.facts_by_hand import AS_OF, met, school, student, took

ON = AS_OF.replace(day=1, month=1)
TEN = school(*(student(11, took=(took(),) if n else (), met=(met(),) if n else ()) for n in range(10)))
BANDS = (("none", "None", 0), ("some", "Some", 1), ("nearly", "Nearly all", 90), ("all", "All", 100))


@pytest.mark.parametrize("set_id", SETS)
@pytest.mark.parametrize("audience", ["school", "college", "itp"])
def test_each_counted_criterion_has_the_share_its_file_requires(set_id, audience):
    said = json.loads(resources.files("pathbook.framework.data").joinpath(f"{SETS[set_id][0]}.json").read_text())
    asked = [one for row in said["benchmarks"] for one in row["criteria"] if audience in one["audience"]]
    required = {one["id"]: one["quantity"]["population_share_required"] for one in asked if one["quantity"]}
    assert load(set_id, audience).met_at == required


def test_nine_of_ten_meets_a_school_s_own_ninety_percent_and_never_the_framework_s():
    assert evaluate(TEN, "2025", AS_OF).criterion("GB5.1").status == "in_progress"
    found = evaluate(TEN, "2025", AS_OF, rule=PassRule({"GB5.1": 90, "GB8.1": 90}, on=ON))
    assert found.criterion("GB5.1").status == found.criterion("GB8.1").status == "met"
    assert [part.status for part in found.criterion("GB8.1").parts] == ["met", "unscored"]
    assert evaluate(TEN, "2025", AS_OF, rule=PassRule({"GB5.1": 91})).criterion("GB5.1").status == "in_progress"


def test_the_law_is_never_judged_by_a_school_s_own_rule():
    found = evaluate(TEN, "2025", AS_OF, rule=PassRule({"PAL.2": 1, "GB5.1": 1}))
    assert {part.status for part in found.provider_access} <= {"not_met", "unscored"} and "PAL.2" not in found.set.own


def test_what_is_told_names_the_rule_and_its_shares_and_bands():
    assert told(evaluate(TEN, "2025", AS_OF), urn=1, name="x")["rule"]["name"] == FRAMEWORKS
    rule = told(evaluate(TEN, "2025", AS_OF, rule=PassRule({"GB5.1": 90}, BANDS, ON)), urn=1, name="x")["rule"]
    assert rule["name"] == "the school's own rule of 1 Jan 2026" and rule["own"] == ["GB5.1"]
    assert rule["met_at"]["GB5.1"] == 0.9 and rule["met_at"]["GB6.1"] == 1.0 and rule["version"] == "2024/2025"
    assert rule["bands"][2] == {"code": "nearly", "label": "Nearly all", "min": 90, "max": 99}


def test_every_share_has_one_band():
    of = judged_under(PassRule(bands=BANDS), load("2025"))
    assert [of.band_of(Share(n, 100)).label for n in (0, 1, 89, 90, 99, 100)] == [
        "None", "Some", "Some", "Nearly all", "Nearly all", "All",
    ]  # fmt: skip
    assert not of.own and bands_of(()) == ()


@pytest.mark.parametrize(
    ("lows", "problem"),
    [((1, 50, 100), "begins at 0%"), ((0, 50, 50), "higher than the one before"), ((0, 60, 40), "higher"), ((), "0%"), ((0, 101), "at most")],
)  # fmt: skip
def test_bands_that_leave_a_share_without_a_word_are_refused(lows, problem):
    assert problem in wrong_with(tuple((f"b{low}{n}", "Band", low) for n, low in enumerate(lows)))

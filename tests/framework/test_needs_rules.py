"""Each rule by a table of cases made by hand: who needs it, who does not, and what it says."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pathbook.framework.needs.facts import Circumstances, Hope, NextReview, Offer, OpenAction, OpenBarrier, SaidUnsure
from pathbook.framework.needs.programme import MEETING, Coming, HeldForGroup, Programme
from pathbook.framework.needs.rules import Change, rules
from pathbook.framework.schooldays import Closed, SchoolDays
from tests.framework.facts_by_hand import met, took
from tests.framework.needs_by_hand import AS_OF, facts, needs, of_rule

D = date


def missed(on, id="m1"):
    """A meeting not attended on this day, as the two kinds of facts hold it."""
    return met(on, status="not_attended")._replace(meeting_id=id), {id: on}


def booked(on, id="b1"):
    return met(D(2026, 1, 5), status="booked")._replace(meeting_id=id), {id: on}


def meetings(*said):
    """Facts of meetings given as pairs of (met, planned days)."""
    return {
        "told": {"met": tuple(m for m, _ in said)},
        "planned_on": {k: v for _, days in said for k, v in days.items()},
    }


HELD = (met(D(2025, 11, 12)), {})
CASES = [
    # rule, does it find a need, for whom
    ("guidance_missed", True, "not attended, nothing since", facts(**meetings(missed(D(2026, 1, 14))))),
    ("guidance_missed", False, "booked again", facts(**meetings(missed(D(2026, 1, 14)), booked(D(2026, 2, 20))))),
    ("guidance_missed", True, "booked again, for a day that has passed", facts(**meetings(missed(D(2026, 1, 14)), booked(D(2026, 1, 20))))),
    ("guidance_missed", False, "held since", facts(**meetings(missed(D(2025, 10, 1)), HELD))),
    ("guidance_missed", True, "held before, not since", facts(**meetings(missed(D(2026, 1, 14)), HELD))),
    ("guidance_missed", False, "over a year ago", facts(**meetings(missed(D(2025, 1, 14))))),
    ("guidance_missed", False, "nothing was ever booked", facts()),
    ("guidance_missed", False, "a reason says why there is no next one", facts(settled=frozenset({"m1"}), **meetings(missed(D(2026, 1, 14))))),
    ("guidance_not_written", False, "written up", facts(told={"met": (met(),)})),
    ("guidance_not_written", True, "no summary", facts(told={"met": (met(summary=False),)})),
    ("guidance_not_written", True, "nothing said to be agreed", facts(told={"met": (met(agreed=False),)})),
    ("guidance_not_written", False, "last school year", facts(told={"met": (met(D(2025, 6, 1), summary=False),)})),
    ("guidance_not_written", False, "only booked", facts(**meetings(booked(D(2026, 2, 20))))),
    ("guidance_due", True, "Year 11, met once, sixteen months ago", facts(told={"met": (met(D(2024, 10, 1)),)})),
    ("guidance_due", False, "met last term", facts(told={"met": (met(D(2025, 11, 12)),)})),
    ("guidance_due", False, "Year 10", facts(10, told={"met": (met(D(2024, 10, 1)),)})),
    ("guidance_due", False, "never met: the entitlement says it", facts()),
    ("guidance_due", False, "missed one since: that says it", facts(told={"met": (met(D(2024, 10, 1)), missed(D(2026, 1, 14))[0])}, planned_on={"m1": D(2026, 1, 14)})),
    ("action_overdue", True, "due yesterday", facts(actions=(OpenAction("a", "Read", "Student", AS_OF - timedelta(1)),))),
    ("action_overdue", False, "due today", facts(actions=(OpenAction("a", "Read", "Student", AS_OF),))),
    ("action_overdue", False, "nothing agreed", facts()),
    ("aspiration_unmet", True, "a sector nobody met is of", facts(hope=Hope("1", D(2025, 10, 1), "", "Construction"))),
    ("aspiration_unmet", False, "no sector and no pathway said", facts(hope=Hope("1", D(2025, 10, 1)))),
    ("aspiration_unmet", False, "said three years ago", facts(hope=Hope("1", D(2023, 1, 1), "", "Construction"))),
    ("aspiration_unmet", False, "nothing said", facts()),
    ("aspiration_unmet", True, "Year 12, apprenticeship, no training provider ever", facts(12, hope=Hope("1", D(2025, 10, 1), "apprenticeship"))),
    ("aspiration_unmet", False, "Year 12, apprenticeship, met one", facts(12, told={"took": (took("provider_encounter", provider_type="training_provider"),)}, hope=Hope("1", D(2025, 10, 1), "apprenticeship"))),
    ("aspiration_unmet", False, "Year 11: the entitlement to a training provider says it", facts(11, hope=Hope("1", D(2025, 10, 1), "apprenticeship"))),
    ("undecided", True, "Year 11, the choice is here", facts(hope=Hope("1", D(2025, 10, 1), "undecided"))),
    ("undecided", True, "Year 9, options in eight weeks", facts(9, hope=Hope("1", D(2025, 10, 1), "undecided"))),
    ("undecided", False, "Year 10 chooses nothing", facts(10, hope=Hope("1", D(2025, 10, 1), "undecided"))),
    ("undecided", False, "has decided", facts(hope=Hope("1", D(2025, 10, 1), "sixth_form"))),
    ("undecided", False, "never asked: the entitlement says it", facts()),
    ("undecided", False, "Year 9 in September, months before", facts(9, as_of=D(2025, 9, 10), hope=Hope("1", D(2025, 9, 5), "undecided")), D(2025, 9, 10)),
    ("said_unsure", True, "answered so in January", facts(unsure=SaidUnsure("r", D(2026, 1, 14)))),
    ("said_unsure", True, "met before that, not since", facts(unsure=SaidUnsure("r", D(2026, 1, 14)), told={"met": (met(D(2025, 11, 12)),)})),
    ("said_unsure", False, "met since", facts(unsure=SaidUnsure("r", D(2026, 1, 14)), told={"met": (met(D(2026, 1, 20)),)})),
    ("said_unsure", False, "never answered so", facts()),
    ("review_due", True, "plan, review in three weeks, no meeting", facts(circumstances=Circumstances("E"), review=NextReview("1", D(2026, 2, 26)))),
    ("review_due", True, "review was last week", facts(circumstances=Circumstances("E"), review=NextReview("1", D(2026, 1, 29)))),
    ("review_due", True, "its day is not recorded", facts(circumstances=Circumstances("E"))),
    ("review_due", False, "a meeting in the half year before", facts(circumstances=Circumstances("E"), review=NextReview("1", D(2026, 2, 26)), told={"met": (met(D(2025, 11, 12)),)})),
    ("review_due", True, "the last meeting was a year before", facts(circumstances=Circumstances("E"), review=NextReview("1", D(2026, 2, 26)), told={"met": (met(D(2025, 2, 12)),)})),
    ("review_due", False, "review in summer", facts(circumstances=Circumstances("E"), review=NextReview("1", D(2026, 7, 1)))),
    ("review_due", False, "SEN support has no annual review", facts(circumstances=Circumstances("K"), review=NextReview("1", D(2026, 2, 26)))),
    ("review_due", False, "Year 8", facts(8, circumstances=Circumstances("E"))),
    ("prior_record", True, "joined in January", facts(told={"first_enrolled": D(2026, 1, 8)})),
    ("prior_record", False, "joined in January, record here", facts(told={"first_enrolled": D(2026, 1, 8), "prior_records": (D(2026, 1, 20),)})),
    ("prior_record", False, "here since Year 7", facts()),
    ("prior_record", False, "new in Year 7 like everyone", facts(7, told={"first_enrolled": D(2025, 9, 1)})),
    ("barrier", True, "travel, not eased", facts(barriers=(OpenBarrier("x", "travel", D(2026, 1, 8)),))),
    ("barrier", True, "a kind no longer in the table counts as something else", facts(barriers=(OpenBarrier("x", "old kind", D(2026, 1, 8)),))),
    ("barrier", False, "none", facts()),
    ("no_intention", True, "Year 11 in February", facts()),
    ("no_intention", False, "said this year", facts(told={"intentions": (D(2025, 11, 1),)})),
    ("no_intention", True, "said last year only", facts(told={"intentions": (D(2025, 6, 1),)})),
    ("no_intention", False, "Year 12 in February", facts(12)),
    ("no_intention", True, "Year 12 in June", facts(12, as_of=D(2026, 6, 10)), D(2026, 6, 10)),
    ("no_intention", False, "Year 10", facts(10)),
    ("no_offer", False, "Year 11 in February", facts()),
    ("no_offer", True, "Year 11 in April", facts(as_of=D(2026, 4, 10)), D(2026, 4, 10)),
    ("no_offer", False, "an offer stands", facts(as_of=D(2026, 4, 10), offers=(Offer("o", True),)), D(2026, 4, 10)),
    ("no_offer", True, "the only one was refused", facts(as_of=D(2026, 4, 10), offers=(Offer("o", False),)), D(2026, 4, 10)),
    ("provider_access", True, "none in Years 10 and 11", facts()),
    ("provider_access", False, "two, not the same", facts(told={"took": tuple(took("provider_encounter", on=D(2025, 10, n), technical=True, provider=p) for n, p in ((1, "A"), (9, "B")))})),
    ("provider_access", False, "Year 7 is before the first phase", facts(7)),
    ("neet_risk", False, "off as shipped", facts(circumstances=Circumstances("E", True, True, True, True))),
]  # fmt: skip


@pytest.mark.parametrize(("code", "found", "who", "one", "as_of"), [(*c, AS_OF) if len(c) == 4 else c for c in CASES],
                         ids=[f"{c[0]}: {c[2]}" for c in CASES])  # fmt: skip
def test_a_rule_finds_those_it_is_for_and_nobody_else(code, found, who, one, as_of):
    assert bool(of_rule(code, one, as_of=as_of)) == found


def test_every_rule_is_in_the_table_or_has_its_own_test():
    assert set(rules()) - {case[0] for case in CASES} == {"entitlement_gap", "absent"}


def test_ten_school_days_leave_out_what_the_school_is_closed_for():
    half_term = SchoolDays((Closed(D(2026, 2, 16), D(2026, 2, 20), "Half term"),))
    one = facts(as_of=D(2026, 3, 2), **meetings(missed(D(2026, 2, 9))))
    asked = {"as_of": D(2026, 3, 2), "programme": Programme(days=half_term)}
    assert [need.due for need in of_rule("guidance_missed", one, **asked)] == [D(2026, 3, 2)]
    assert [need.due for need in of_rule("guidance_missed", one, as_of=D(2026, 3, 2))] == [D(2026, 2, 23)]
    written = facts(as_of=D(2026, 3, 2), told={"met": (met(D(2026, 2, 12), summary=False),)})
    assert [need.due for need in of_rule("guidance_not_written", written, **asked)] == [D(2026, 2, 26)]


def test_the_step_to_a_meeting_names_the_next_free_slot_of_an_adviser_who_counts():
    trainee, qualified = (Coming(f"s{n}", "", D(2026, 2, n), frozenset({MEETING}), level=n) for n in (9, 10))
    trainee = replace(trainee, level=4)
    asked = {"programme": Programme(free=(trainee, qualified))}
    (gap,) = (need for need in of_rule("entitlement_gap", facts(), **asked) if need.criterion == "GB8.1a")
    assert gap.suggested.words == "Book a guidance meeting: the next free slot is on 10 Feb 2026."
    (again,) = of_rule("guidance_missed", facts(**meetings(missed(D(2026, 1, 14)))), **asked)
    assert again.suggested.words == "Book another guidance meeting: the next free slot is on 9 Feb 2026."
    (down,) = (need for need in of_rule("entitlement_gap", facts(**meetings(booked(D(2026, 2, 20)))), **asked)
               if need.criterion == "GB8.1a")  # fmt: skip
    assert (down.booked, down.suggested.words) == (True, "Go to the guidance meeting that is booked.")


def test_a_review_that_has_passed_was_due():
    late, soon = (
        facts(circumstances=Circumstances("E"), review=NextReview("1", on)) for on in (D(2026, 1, 29), D(2026, 2, 26))
    )
    assert of_rule("review_due", late)[0].reason.startswith("The annual review was due on 29 Jan 2026")
    assert of_rule("review_due", soon)[0].reason.startswith("The annual review is on 26 Feb 2026")


def test_an_entitlement_gap_names_its_criterion_its_day_and_what_was_had():
    one = facts(10, told={"took": (took("workplace_experience", hours=5),)})
    gap = next(need for need in needs(one) if need.criterion == "GB6.1")
    assert gap.code == "entitlement_gap" and gap.due == D(2027, 8, 31)
    assert gap.reason == "1 of 2 workplace experiences so far; due by 31 Aug 2027, the end of Year 11."


def test_every_gap_judged_is_a_need_once_and_nothing_else_is():
    """Under both sets and in every year group: as many criteria named as Judged.gaps counts."""
    for set_id in ("2025", "2018"):
        for year_group in range(7, 14):
            one = facts(year_group, set_id=set_id, told={"subjects": frozenset({"French"})})
            named = [
                n.criterion for n in needs(one, set_id=set_id) if n.criterion and not n.criterion.startswith("PAL.")
            ]
            assert len(named) == len(set(named)) == one.judged.gaps, (set_id, year_group, named)


def test_what_was_attended_without_its_checklist_is_evidence_and_the_step_is_to_complete_it():
    fair = took("employer_encounter", on=D(2025, 10, 8), meaningful=False)
    programme = Programme(titles={fair.activity.activity_id: "Careers fair"})
    gap = next(n for n in needs(facts(told={"took": (fair,)}), programme=programme) if n.criterion == "GB5.1")
    assert gap.evidence == (("activity", fair.activity.activity_id),)
    assert gap.suggested.words.startswith("Complete the checklist of Careers fair, 8 Oct 2025")


def test_last_years_fair_is_no_evidence_of_this_years_gap():
    fair = took("employer_encounter", on=D(2024, 10, 8), meaningful=False)
    gap = next(n for n in needs(facts(told={"took": (fair,)})) if n.criterion == "GB5.1")
    assert gap.evidence == ()


def test_a_subject_without_a_link_is_named_and_one_with_is_not():
    one = facts(told={"subjects": frozenset({"Art", "French"}), "took": (took("curriculum_link", subject="Art"),)})
    gap = next(n for n in needs(one) if n.criterion == "GB4.1")
    assert gap.evidence == (("subject", "French"),)


FAIR = frozenset({"employer_encounter"})
HELD_FAIR = HeldForGroup("fair", "Careers fair", D(2025, 10, 8), FAIR)


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (True, {}),
        (False, {"tutor_group": "11B"}),
        (False, {"first_enrolled": D(2025, 11, 1)}),
        (False, {"took": (took("employer_encounter", on=D(2025, 12, 1)),)}),
        (True, {"took": (took("employer_encounter", on=D(2025, 9, 20)),)}),
        (True, {"took": (took("careers_lesson", on=D(2025, 12, 1)),)}),
    ],
    ids=["was not there", "another group", "joined later", "had another since", "had one before", "had something else"],
)
def test_absent_from_what_the_group_had(found, told):
    one = facts(told={"tutor_group": "11A"} | told)
    said = of_rule("absent", one, programme=Programme(held={"11A": (HELD_FAIR,)}))
    assert bool(said) == found
    if found:
        assert said[0].evidence == (("activity", "fair"),) and "Careers fair, 8 Oct 2025" in said[0].reason


def coming(id="talk", on=D(2026, 3, 10), kinds=FAIR, **said):
    return Coming(id, "Employer talk", on, kinds, **said)


@pytest.mark.parametrize(
    ("words", "activity"),
    [
        ("Join Employer talk on 10 Mar 2026.", coming()),
        ("Join Employer talk on 10 Mar 2026, 1 place left.", coming(left=1)),
        ("Nothing", coming(left=0)),
        ("Nothing", coming(years=frozenset({10}))),
        ("Join Employer talk", coming(years=frozenset({10, 11}))),
        ("Nothing", coming(on=D(2026, 9, 10))),
        ("Nothing", coming(kinds=frozenset({"careers_lesson"}))),
    ],
    ids=["open", "one left", "full", "another year group's", "theirs too", "after the day", "another kind"],
)
def test_the_step_is_an_activity_they_could_still_join(words, activity):
    gap = next(n for n in needs(facts(), programme=Programme(coming=(activity,))) if n.criterion == "GB5.1")
    assert gap.suggested.words.startswith(words)


def test_one_they_are_down_for_is_the_step_and_halves_the_need():
    talk = took("employer_encounter", on=D(2026, 3, 10), status="planned")
    one = facts(told={"took": (talk,)})
    gap = next(
        n
        for n in needs(one, programme=Programme(coming=(coming(talk.activity.activity_id),)))
        if n.criterion == "GB5.1"
    )
    bare = next(n for n in needs(facts()) if n.criterion == "GB5.1")
    assert gap.suggested.words == "Already down for Employer talk on 10 Mar 2026."
    assert gap.severity == pytest.approx(bare.severity / 2, abs=0.001) and "halved" in gap.how


def test_one_they_were_absent_from_or_withdrew_from_is_not_offered_again():
    gone = took("employer_encounter", on=D(2026, 3, 10), status="withdrawn")
    one = facts(told={"took": (gone,)})
    gap = next(
        n
        for n in needs(one, programme=Programme(coming=(coming(gone.activity.activity_id),)))
        if n.criterion == "GB5.1"
    )
    assert gap.suggested.activity == ""


def test_an_encounter_of_the_hoped_for_sector_answers_the_hope():
    fair = took("employer_encounter")
    hope = Hope("1", D(2025, 10, 1), "", "Construction")
    sectors = {fair.activity.activity_id: frozenset({"Construction", "Health"})}
    assert not of_rule(
        "aspiration_unmet", facts(told={"took": (fair,)}, hope=hope), programme=Programme(sectors=sectors)
    )
    club = coming(sectors=frozenset({"Construction"}))
    (need,) = of_rule("aspiration_unmet", facts(hope=hope), programme=Programme(coming=(coming("other"), club)))
    assert need.suggested.activity == "talk"


def test_the_risk_table_names_each_factor_with_its_weight_and_turns_on_at_enough():
    one = facts(
        circumstances=Circumstances("K", looked_after=True),
        told={"met": (met(),)},
        hope=Hope("1", D(2025, 10, 1), "sixth_form"),
    )
    on = {"neet_risk": Change(on=True, settings={"enough": 3})}
    (need,) = of_rule("neet_risk", one, changes=on)
    assert need.reason == "Looked after (2), SEN support (1): 3 in all, where 3 is enough to ask."
    assert not of_rule("neet_risk", one, changes={"neet_risk": Change(on=True, settings={"enough": 4})})
    assert not of_rule(
        "neet_risk", one, changes={"neet_risk": Change(on=True, items={"sen_support": 0}, settings={"enough": 3})}
    )
    assert "support" in need.reads


@pytest.mark.parametrize(
    ("factor", "more"),
    [
        ("looked_after", {"circumstances": Circumstances(looked_after=True)}),
        ("ehcp", {"circumstances": Circumstances("E")}),
        ("sen_support", {"circumstances": Circumstances("K")}),
        ("eal", {"circumstances": Circumstances(eal=True)}),
        ("young_carer", {"circumstances": Circumstances(young_carer=True)}),
        ("free_meals", {"circumstances": Circumstances(free_meals=True)}),
        ("barrier", {"barriers": (OpenBarrier("x", "travel", D(2026, 1, 8)),)}),
        ("joined_late", {"told": {"first_enrolled": D(2026, 1, 8)}}),
        ("undecided", {"hope": Hope("1", D(2025, 10, 1), "undecided")}),
        ("missed_guidance", meetings(missed(D(2026, 1, 14)))),
        ("missed_activities", {"told": {"took": tuple(took(on=D(2025, 10, n), status="absent") for n in (1, 2, 3))}}),
    ],
)
def test_each_factor_counts_whom_it_names(factor, more):
    """Alone in the table, it is found for a student it is true of and for no plain one."""
    weights = {id: float(id == factor) for id in rules()["neet_risk"].items}
    alone = {"neet_risk": Change(on=True, items=weights, settings={"enough": 1})}
    decided = {"hope": Hope("0", D(2025, 10, 1), "sixth_form")}
    assert of_rule("neet_risk", facts(**(decided | more)), changes=alone)
    assert not of_rule("neet_risk", facts(**decided), changes=alone)


def test_a_rule_turned_off_or_weighing_nothing_finds_nothing():
    one = facts(actions=(OpenAction("a", "Read", "Student", D(2026, 1, 1)),))
    assert of_rule("action_overdue", one)
    assert not of_rule("action_overdue", one, changes={"action_overdue": Change(on=False)})
    assert not of_rule("action_overdue", one, changes={"action_overdue": Change(weight=0)})
    assert not of_rule(
        "barrier",
        facts(barriers=(OpenBarrier("x", "travel", D(2026, 1, 8)),)),
        changes={"barrier": Change(items={"travel": 0})},
    )


def test_a_narrower_rule_turned_off_leaves_the_entitlement_standing():
    joined = facts(told={"first_enrolled": D(2026, 1, 8)})
    assert {n.code for n in needs(joined) if n.criterion == "GB3.3"} == {"prior_record"}
    off = needs(joined, changes={"prior_record": Change(on=False)})
    assert {n.code for n in off if n.criterion == "GB3.3"} == {"entitlement_gap"}


def test_every_rule_has_its_words_and_says_where_it_comes_from():
    for rule in rules().values():
        assert rule.plain and rule.step and rule.reads and rule.why and 0 < rule.weight <= 1, rule.code
        assert rule.sources or not rule.verified, rule.code
        assert "interview" not in rule.plain


def test_every_reason_and_step_is_one_sentence():
    everyone = [case[3] for case in CASES]
    for one in everyone:
        for need in needs(one, changes={"neet_risk": Change(on=True)}):
            for words in (need.reason, need.suggested.words):
                assert words.endswith(".") and ". " not in words and "{" not in words, words
                assert words[0].isupper() or words[0] == "“"

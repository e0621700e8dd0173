"""Choosing whom a special school counts, and by which rule: through the pages, into the evaluation and a snapshot."""

import pytest

from pathbook.people.models import Institution
from pathbook.records.models import Cohort, OwnRule, Snapshot
from pathbook.reports.evaluation import evaluation_of
from pathbook.reports.forecast import ahead_of
from tests import make
from tests.web.hand import Page, hand_of, open_page

pytestmark = pytest.mark.django_db
WHERE, RULE = "/evaluation/chosen/", "/evaluation/rule/"


@pytest.fixture
def leader():
    return hand_of(make.careers_leader())


@pytest.fixture
def special():
    """Six in Year 11, three of whom met an employer."""
    school = make.school()
    Institution.objects.filter(pk=school.pk).update(kind="special")
    pupils = [make.student(f"Pupil{n}", year=11, group="11S") for n in range(6)]
    for one in pupils[:3]:
        make.participation(one, make.activity(meaningful=True))
    return pupils


def choose(hand, *pupils, why="Agreed with class teachers.", **said):
    return hand.post(WHERE, {"students": [one.key for one in pupils], "why": why, "of": ""} | said)


def test_a_special_school_reports_on_whom_it_chose_and_a_snapshot_keeps_it(leader, special):
    answer = choose(leader, *special[:4])
    assert answer.status_code == 302 and Cohort.objects.get().on_roll == 6
    page = open_page(leader, "/evaluation/")
    assert "75%, 3 of the 4 chosen" in page.text and "counted over 4 chosen of 6 on the roll" in page.text
    assert "Agreed with class teachers." in page.text
    frozen = make.snapshot(as_of=make.TODAY, is_due=False)
    choose(leader, *special)
    assert "50%, 3 of the 6 chosen" in open_page(leader, "/evaluation/").text
    row = next(
        one for one in Snapshot.objects.get(pk=frozen.pk).said["benchmarks"][4]["criteria"] if one["id"] == "GB5.1"
    )
    assert (row["numerator"], row["denominator"], row["chosen"]["students"]) == (3, 4, 4)
    assert "4 of 6 on the roll chosen" in open_page(leader, "/evaluation/snapshots/").text


def test_the_forecast_counts_whom_the_evaluation_counts(leader, special):
    choose(leader, *special[:4])
    school = Institution.objects.get()
    [line] = [one for one in ahead_of(school, set_id="2025", as_of=make.TODAY).rows if one.row.id == "GB5.1"]
    judged = evaluation_of(school, set_id="2025", as_of=make.TODAY).criterion("GB5.1")
    assert line.total.now == judged.share and str(line.total.now) == "75%, 3 of 4"


def test_one_criterion_has_a_choice_of_its_own_and_undo_gives_back_what_stood(leader, special):
    choose(leader, *special[:4])
    choose(leader, special[0], of="2025:GB5.1")
    assert "100%, 1 of the 1 chosen" in open_page(leader, "/evaluation/").text
    assert "1 of 6 students on the roll are counted" in open_page(leader, f"{WHERE}?of=2025:GB5.1").text
    leader.post(f"{WHERE}{Cohort.objects.latest('pk').key}/take-back/")
    assert "75%, 3 of the 4 chosen" in open_page(leader, "/evaluation/").text
    choose(leader, everyone="on", why="Everyone again.")
    assert "50%, 3 of 6" in open_page(leader, "/evaluation/").text


def test_what_is_wrong_is_said_and_what_was_ticked_is_kept(leader, special):
    answer = choose(leader, special[0], why="")
    assert answer.status_code == 422 and Page(answer).problems == ["Say in one sentence why these students."]
    assert Page(answer).text.count("1 ticked") == 1
    assert Page(choose(leader)).problems == ["Tick at least one student, or count everyone on the roll again."]
    assert choose(leader, special[0], of="2025:GB9.9").status_code == 422 and not Cohort.objects.exists()
    choose(leader, special[0], token="abcdefghjkmn")
    choose(leader, special[1], token="abcdefghjkmn")
    assert Cohort.objects.get().chosen.get().student == special[0]


def test_a_mainstream_school_counts_everyone_whatever_was_chosen_before(leader, special):
    choose(leader, special[0])
    Institution.objects.update(kind="school")
    assert leader.get(WHERE).status_code == 404 and "50%, 3 of 6" in open_page(leader, "/evaluation/").text


def rule(hand, met="50", why="Agreed with governors.", **said):
    shown = open_page(hand, f"{RULE}?set=2025")
    boxes = {name: value for name, value in shown.fields if name.startswith(("met-", "low-"))}
    return hand.post(RULE, boxes | {"set": "2025", "met-GB5.1": met, "why": why} | said)


def test_a_school_s_own_rule_is_named_wherever_it_judges_and_frozen_snapshots_keep_theirs(leader, special):
    before = make.snapshot(as_of=make.TODAY, is_due=False).said
    assert rule(leader).status_code == 302 and OwnRule.objects.get().met_at == {"GB5.1": 50}
    page = open_page(leader, "/evaluation/")
    assert "Judged by the school's own rule of 5 Feb 2026" in page.text.replace("’", "'")
    assert "met at 50%" in page.text and "met at 50%" not in open_page(leader, "/evaluation/?set=2018").text
    after = make.snapshot(as_of=make.TODAY, is_due=False).said
    assert after["rule"]["own"] == ["GB5.1"] and Snapshot.objects.earliest("pk").said == before
    assert "judged by different rules" in open_page(leader, "/evaluation/snapshots/").text
    leader.post(RULE, {"set": "2025", "framework": "on"})
    assert "met at 50%" not in open_page(leader, "/evaluation/").text and OwnRule.objects.count() == 2
    leader.post(f"{RULE}{OwnRule.objects.latest('pk').key}/take-back/")
    assert "met at 50%" in open_page(leader, "/evaluation/").text


def test_a_rule_that_cannot_be_is_refused_and_a_senior_leader_only_reads(leader, special):
    assert Page(rule(leader, met="0")).problems == ["Write the share of GB5.1 as a whole number from 1 to 100."]
    assert Page(rule(leader, why="")).problems == ["Say in one sentence why."]
    assert Page(rule(leader, **{"low-some": "0"})).problems == ["Each band begins higher than the one before it."]
    someone = make.account("Simon Field")
    make.role(someone, "senior_leader")
    senior = hand_of(someone)
    assert open_page(senior, RULE).field("met-GB5.1") == [] and senior.post(RULE, {}).status_code == 404
    assert not OwnRule.objects.exists()

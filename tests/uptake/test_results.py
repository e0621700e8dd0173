"""What a survey shows: right against a recount, and nothing small, whichever two figures are laid against each other (R8)."""

from datetime import timedelta
from random import Random

import pytest

from pathbook.framework.shares import HIDDEN, WHY_HIDDEN, Share
from pathbook.uptake.actions.answering import Answerer, answer
from pathbook.uptake.queries.asked import asked_of
from pathbook.uptake.queries.results import CROSSED, results_of
from tests import make
from tests.framework.test_disclosure import found_by_hand
from tests.web.hand import hand_of, open_page

pytestmark = pytest.mark.django_db
AFTER = make.TODAY + timedelta(days=14)
SCALE = ["1", "2", "3", "4", "5"]


class Asked:
    """A school of uneven years, SEN and pupil premium, and what each of most of them said, by survey question."""

    def __init__(self, seed, likely=(2, 3, 4, 6, 5), **said):
        rng = Random(seed)
        for year, many in ((7, 9), (8, 18), (9, 24), (10, 21), (11, 14)):
            for n in range(many):
                sen = rng.choices("NKE", (85, 12, 3))[0]
                make.student(f"S{year}{n}", year=year, group=f"{year}A", sen=sen, pupil_premium=rng.random() < 0.27)
        self.survey = make.survey(**said)
        self.said = {}
        for who in asked_of(self.survey, on=make.TODAY):
            if rng.random() < 0.8:
                words = {one.code: rng.choices(SCALE, likely)[0] for one in self.survey.asks if one.kind == "scale"}
                self.said[who] = {code: value for code, value in words.items() if rng.random() < 0.9}
                answer(survey=self.survey, said=self.said[who], who=Answerer(who), by=None, at=make.NOW,
                       on=self.survey.opens_on)  # fmt: skip

    def results(self, **how):
        return results_of(self.survey, on=AFTER, broken_down=how.get("broken_down", True))

    def who(self, part, value):
        of = {"year": lambda who: str(who.year_group), "sen": lambda who: "yes" if who.has_sen else "no",
              "premium": lambda who: "yes" if who.has_premium else "no"}[part]  # fmt: skip
        return {n for n, who in enumerate(self.said) if of(who) == value}

    def agree(self, code):
        return {n for n, said in enumerate(self.said.values()) if said.get(code) in ("4", "5")}


def published(answer_of):
    """part -> value -> share, of every row that is shown."""
    return {way.part: {line.value: line.share for line in way.lines if line.share} for way in answer_of.ways}


@pytest.mark.parametrize("seed", range(6))
def test_no_two_figures_give_a_small_group_away(seed):
    """Every union of shown rows, every one left over, of any two ways: who would be in between, name by name."""
    asked = Asked(seed)
    looked_at = 0
    for one in asked.results().answers:
        if one.agree is None:
            assert one.ways == ()
            continue
        shown = published(one)
        ways = [[asked.who(part, value) for value in shown[part]] for part in CROSSED if shown.get(part)]
        assert not found_by_hand(list(range(len(asked.said))), asked.agree(one.question.code), ways), (seed, one.words)
        looked_at += len(ways)
    assert looked_at > 3, "something was shown"


@pytest.mark.parametrize("seed", range(6))
def test_every_figure_shown_is_a_recount_and_no_cell_is_under_five(seed):
    asked = Asked(seed)
    for one in asked.results().answers:
        code, everyone = one.question.code, set(range(len(asked.said)))
        for line in one.lines:
            assert line.share is None or line.share.of == 0 or line.share.of >= 5, one.words
        if one.agree:
            assert (one.agree.of, one.agree.out_of) == (len(asked.agree(code)), len(everyone))
        for part, rows in published(one).items():
            for value, share in rows.items():
                people = asked.who(part, value)
                assert (share.of, share.out_of) == (len(people & asked.agree(code)), len(people))
                assert all(n == 0 or n >= 5 for n in (share.of, share.missing, share.out_of))


def test_those_who_see_totals_alone_see_no_group_and_no_words():
    asked = Asked(1)
    for one in asked.results(broken_down=False).answers:
        assert one.ways == () and one.comments == ()


def test_against_last_time_is_the_same_survey_the_time_before():
    year_before = {"opens_on": make.TODAY - timedelta(days=60), "closes_on": make.TODAY - timedelta(days=40)}
    last = make.survey_answered({"know_programme": "4"}, 6, {"know_programme": "1"}, 14, **year_before)
    now = make.survey()
    for who in asked_of(now, on=make.TODAY):
        answer(survey=now, said={"know_programme": "5"}, who=Answerer(who), by=None, at=make.NOW, on=make.TODAY)
    found = results_of(now, on=AFTER, broken_down=True)
    first = found.answers[0]
    assert found.last == last and (first.before, first.agree) == (Share(6, 20), Share(20, 20))


def test_a_survey_under_names_is_broken_down_by_tutor_group_while_it_is_open():
    people = [one for group in ("11A", "11B") for one in make.students(12, group=group)]
    survey = make.survey("next_step")
    asked = {who.student_id: who for who in asked_of(survey, on=make.TODAY)}
    for n, one in enumerate(people):
        said = {"next_step": "5" if n % 2 else "1"}
        answer(survey=survey, said=said, who=Answerer(asked[one.pk]), by=None, at=make.NOW, on=make.TODAY)
    first = results_of(survey, on=make.TODAY, broken_down=True).answers[0]
    assert published(first)["form"].keys() == {"11A", "11B"}


def test_the_page_and_its_file_hide_the_same():
    asked = Asked(4)
    leader = hand_of(make.careers_leader())
    asked.survey.closes_on = asked.survey.opens_on = make.TODAY - timedelta(days=1)
    asked.survey.save()
    page = open_page(leader, f"/surveys/{asked.survey.key}/results/")
    said = leader.get(f"/surveys/{asked.survey.key}/results.csv").content.decode()
    assert page.status == 200 and page.text.count(HIDDEN) == said.count(HIDDEN)
    assert WHY_HIDDEN in page.text
    governor = hand_of(make.governor())
    totals = open_page(governor, f"/surveys/{asked.survey.key}/results/")
    assert totals.status == 200 and "By group" not in totals.text
    assert "Year 7" not in governor.get(f"/surveys/{asked.survey.key}/results.csv").content.decode()

"""The pages of a survey ask the database as often for 300 students as for 30, and at most 12 times."""

from datetime import timedelta

import pytest

from pathbook.uptake.actions.answering import Answerer, answer
from pathbook.uptake.queries.asked import asked_of
from tests import make
from tests.web.hand import hand_of
from tests.web.test_query_budgets import FEW, MANY, asked_for

pytestmark = pytest.mark.django_db
PAST = {"opens_on": make.TODAY - timedelta(days=20), "closes_on": make.TODAY - timedelta(days=5)}


def answers_of(survey):
    for n, who in enumerate(asked_of(survey, on=make.TODAY)):
        if n % 3 and not who.has_answered:
            said = {"know_programme": "5" if n % 2 else "1", "better": "Ask Student1 again"}
            answer(survey=survey, said=said, who=Answerer(who), by=None, at=make.NOW, on=survey.opens_on)


def test_the_same_at_both_sizes_and_within_twelve():
    leader = hand_of(make.careers_leader())
    first = make.students(FEW)[0]
    over, now = make.survey(**PAST), make.survey()
    phone = hand_of(make.as_student(first))
    pages = {f"/surveys/{over.key}/results/": leader, f"/surveys/{now.key}/": leader, "/surveys/": leader,
             f"/surveys/{now.key}/preview/": leader, f"/surveys/{now.key}/codes/": leader,
             f"/answer/{now.key}/": phone}  # fmt: skip
    found = {}
    for size, more in ((FEW, 0), (MANY, MANY - FEW)):
        make.students(more)
        answers_of(over)
        found[size] = {url: asked_for(hand, url) for url, hand in pages.items()}
    for url in pages:
        few, (many, said) = found[FEW][url][0], found[MANY][url]
        assert few == many <= 12, (url, few, many, said)

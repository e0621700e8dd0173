"""A school's own questions: refused where nobody could answer, counted, compared and hidden as the bank's are."""

import pytest

from pathbook.reports.survey_evidence import survey_evidence
from pathbook.uptake.actions import own_questions
from pathbook.uptake.actions.surveys import AnswersCameError, NothingAskedError, release
from pathbook.uptake.bank import BankError, questions, version_for
from pathbook.uptake.bank.own import MARK, own_question
from pathbook.uptake.models import SurveyComment, SurveyResponse
from pathbook.uptake.queries.results import results_of
from tests import make

AFTER = make.date(2026, 3, 2)


def own(kind="choice", words="Which bus?", options=("The 7", "The 12", "None"), audience="students", **said):
    return own_question(kind=kind, words=words, options=options, audience=audience, **said)


def asked(question, template="own_students", **said):
    """A released survey of nothing but that question, of everyone."""
    survey = make.survey(template, released=False, **said)
    by = make.viewer(make.careers_leader())
    own_questions.ask(survey=survey, question=question, by=by, at=make.NOW, on=make.TODAY)
    release(survey=survey, by=by, at=make.NOW, on=make.TODAY)
    survey.refresh_from_db()
    return survey


def test_everyone_asked_is_asked_in_the_same_words_and_no_code_of_the_bank_looks_like_it():
    assert all(own().asked_of(version_for(year)) for year in range(7, 14)) and not own().asked_of("adult")
    assert own(audience="staff").asked_of("adult") and not own(audience="staff").asked_of("y7")
    assert not [code for code in questions() if code.startswith(MARK)]


def test_its_code_stays_while_it_asks_the_same_and_changes_with_what_it_asks():
    assert own().code == own(criterion="GB1.3", audience="staff").code
    others = (own(words="Which train?"), own(options=("The 7", "The 12")), own(kind="multiple"), own(kind="ranking"))
    assert len({own().code, *(one.code for one in others)}) == 5


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"options": ("The 7",)}, "at least two answers"),
        ({"options": ("The 7", "the 7 ")}, "the same"),
        ({"options": tuple(f"The {n}" for n in range(11))}, "10 answers or fewer"),
        ({"kind": "scale"}, "own five answers"),
        ({"kind": "text"}, "written freely"),
        ({"need": "said_unsure"}, "Only a scale"),
    ],
)
def test_one_nobody_could_answer_is_refused_with_what_to_do(wrong, said):
    with pytest.raises(BankError, match=said):
        own(**wrong)


@pytest.mark.django_db
def test_fewer_than_five_of_an_answer_are_hidden_and_so_is_what_would_give_them_away():
    who = make.students(20)
    bus = own()
    survey = asked(bus)
    for n, one in enumerate(who):
        make.answered(survey, one, {bus.code: "a1" if n < 3 else "a2" if n < 9 else "a3"})
    shown = results_of(survey, on=AFTER, broken_down=True)
    (answer,) = shown.answers
    shares = {line.label: line.share for line in answer.lines}
    assert shares["The 7"] is None and (shares["None"] and shares["None"].of) == 11
    assert sum(share is None for share in shares.values()) >= 2
    assert not results_of(survey, on=make.TODAY, broken_down=True).answers, "an anonymous one waits until it is over"


@pytest.mark.django_db
def test_a_scale_of_its_own_is_evidence_by_criterion_and_laid_beside_last_time():
    who = make.students(12)
    mine = own(kind="scale", words="My tutor asks about my plans.", options=(), criterion="GB8.3")
    for opens, closes in ((make.date(2025, 11, 3), make.date(2025, 11, 14)), (make.TODAY, make.date(2026, 2, 18))):
        survey = asked(mine, opens_on=opens, closes_on=closes)
        for one in who:
            make.answered(survey, one, {mine.code: "5" if opens == make.TODAY or one != who[0] else "1"})
    (answer,) = results_of(survey, on=AFTER, broken_down=True).answers
    assert answer.agree and answer.agree.label == "12 of 12"
    evidence = survey_evidence(make.school(), on=AFTER)[0]
    assert (evidence.criterion, evidence.words) == ("GB8.3", mine.in_full) and evidence.agree == answer.agree


@pytest.mark.django_db
def test_under_names_a_scale_can_find_who_does_not_know_their_next_step():
    first, *_ = make.students(6)
    sure = own(kind="scale", words="I know what to do after Year 11.", options=(), need="said_unsure")
    survey = asked(sure, is_named=True)
    make.answered(survey, first, {sure.code: "1"})
    assert SurveyResponse.objects.get().is_unsure


@pytest.mark.django_db
def test_words_to_an_anonymous_one_keep_nobodys_name():
    first, *_ = make.students(6)
    why = own(kind="text", words="What else?", options=())
    survey = asked(why)
    make.answered(survey, first, {why.code: f"Ask {first.name} about it"})
    assert first.surname not in SurveyComment.objects.get().words and not SurveyResponse.objects.exists()


@pytest.mark.django_db
def test_it_is_put_otherwise_in_its_place_and_taken_out_until_the_first_answer():
    who, by = make.students(6), make.viewer(make.careers_leader())
    survey = make.survey(released=False)
    at = {"survey": survey, "by": by, "at": make.NOW, "on": make.TODAY}
    for question in (own(), own(), own(words="Which train?")):
        own_questions.ask(question=question, **at)
    assert [one.in_full for one in survey.asks[-2:]] == ["Which bus?", "Which train?"]
    own_questions.ask(question=own(words="Which tram?"), instead_of=own().code, **at)
    assert [one.in_full for one in survey.asks[-2:]] == ["Which tram?", "Which train?"]
    release(survey=survey, by=by, at=make.NOW, on=make.TODAY)
    survey.refresh_from_db()
    own_questions.take_out(code=own(words="Which train?").code, **at)
    make.answered(survey, who[0], {survey.asks[-1].code: "a1"})
    with pytest.raises(AnswersCameError):
        own_questions.take_out(code=survey.asks[-1].code, **at)


@pytest.mark.django_db
def test_a_survey_that_asks_nothing_does_not_open():
    make.students(6)
    with pytest.raises(NothingAskedError, match="Add a question"):
        make.survey("own_students")

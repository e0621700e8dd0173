"""A survey from a ready one to its results, through the pages: asked, answered once, chased, read with small groups hidden."""

import re
from datetime import timedelta

import pytest

from pathbook.audit.models import Event, Verb
from pathbook.people.models import Enrolment, Erasure, Role
from pathbook.uptake.models import Survey, SurveyCode, SurveyMark, SurveyResponse, SurveyTally
from tests import make
from tests.web.hand import Page, hand_of, open_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader():
    return hand_of(make.careers_leader())


def made(leader, template="student_voice", **changed):
    """As the leader makes it: what the form offers, with what is changed."""
    page = open_page(leader, f"/surveys/new/{template}/")
    said = {name: page.field(name) for name, _ in page.fields if name != "csrfmiddlewaretoken"}
    answer = leader.post(f"/surveys/new/{template}/", said | changed)
    assert answer.status_code == 302, Page(answer).problems
    return answer["Location"]


def test_four_clicks_from_the_list_to_an_open_survey(leader):
    make.students(6)
    assert "/surveys/new/student_voice/" in open_page(leader, "/surveys/").links
    where = made(leader)
    assert Page(leader.get(where)).status == 200
    leader.post(f"{where}release/")
    assert Survey.objects.get().is_released
    assert "0 of 6 have answered" in open_page(leader, where).text


def test_an_anonymous_survey_of_four_is_refused_with_what_to_do(leader):
    make.students(4)
    where = made(leader)
    answer = leader.post(f"{where}release/", follow=True)
    assert "Choose more people, or ask under names" in Page(answer).text
    assert not Survey.objects.get().is_released


def test_a_student_is_told_first_that_nobody_can_see_who_said_what_and_answers_once(leader):
    first, *_ = make.students(6, year=7, group="7A")
    survey = make.survey()
    phone = hand_of(make.as_student(first))
    home = open_page(phone, "/me/")
    assert f"/answer/{survey.key}/" in home.links and "8 questions for you" in home.text
    page = open_page(phone, f"/answer/{survey.key}/")
    assert "Nobody can see who gave which answer" in page.text and "I know what our school does" in page.text
    said = {"named": "False", "know_programme": "5", "most_useful_1": "employer", "better": "More visits"}
    assert phone.post(f"/answer/{survey.key}/", said)["Location"] == "/answer/thanks/"
    assert phone.post(f"/answer/{survey.key}/", said)["Location"] == "/answer/thanks/"
    assert SurveyTally.objects.get(survey=survey, part="all").answered == 1
    assert SurveyMark.objects.filter(student=first).count() == 1
    assert "questions for you" not in open_page(phone, "/me/").text


def test_a_form_with_nothing_answered_says_so_and_counts_nobody(leader):
    first, *_ = make.students(6)
    survey = make.survey()
    answer = hand_of(make.as_student(first)).post(f"/answer/{survey.key}/", {"named": "False"})
    assert answer.status_code == 422 and Page(answer).problems == ["Answer at least one question, then send."]
    assert not SurveyMark.objects.exists()


def test_the_same_answer_ranked_twice_keeps_what_was_chosen(leader):
    first, *_ = make.students(6)
    survey = make.survey()
    said = {"named": "False", "know_programme": "4", "most_useful_1": "employer", "most_useful_2": "employer"}
    page = Page(hand_of(make.as_student(first)).post(f"/answer/{survey.key}/", said))
    assert page.status == 422 and page.problems == ["Choose three different answers, or fewer."]
    assert ("know_programme", "4") in page.fields


def test_a_printed_code_lets_a_stranger_answer_once(leader, client):
    make.students(6, group="11A")
    survey = make.survey()
    sheet = leader.post(f"/surveys/{survey.key}/codes/", {"group": "11A"})
    codes = re.findall(r"<code>([^<]+)</code>", sheet.content.decode())
    assert len(codes) == 6 and sheet.content.count(b"<svg") >= 6
    where = client.post("/say/", {"code": codes[0].upper()})["Location"]
    assert client.get(where).status_code == 200
    assert client.post(where, {"named": "False", "know_programme": "4"})["Location"] == "/say/thanks/"
    assert client.post(where, {"named": "False", "know_programme": "1"})["Location"] == "/say/thanks/"
    total = SurveyTally.objects.get(survey=survey, part="all")
    assert total.answered == 1 and total.counts["know_programme"]["1"] == 0
    assert "1 of 6 used" in open_page(leader, f"/surveys/{survey.key}/").text


@pytest.mark.parametrize("template", ["student_voice", "next_step"])
def test_slips_are_for_those_who_wait_and_a_form_sent_twice_prints_one_pile(leader, template):
    first, *_ = make.students(6, group="11A")
    survey = make.survey(template)
    make.answered(survey, first, {survey.asks[0].code: "4"})
    where = f"/surveys/{survey.key}/codes/"
    (token,) = open_page(leader, where).field("token")
    piles = [
        re.findall(r"<code>([^<]+)</code>", leader.post(where, {"group": "11A", "token": token}).content.decode())
        for _ in range(2)
    ]
    assert len(piles[0]) == 5 == len(set(piles[0])) and piles[0] == piles[1]
    assert SurveyCode.objects.count() == 5
    leader.post(where, {"group": "11A", "token": open_page(leader, where).field("token")[0]})
    assert SurveyCode.objects.count() == (5 if survey.is_named else 10)


def test_a_wrong_code_says_what_to_do(client):
    page = Page(client.post("/say/", {"code": "nosuchcode22"}))
    assert page.status == 422 and "check each letter" in page.problems[0]
    assert client.get("/say/nosuchcode22/").status_code == 404


def test_a_code_under_a_name_answers_for_that_student(leader, client):
    first, *_ = make.students(6, group="11A")
    survey = make.survey("next_step")
    sheet = leader.post(f"/surveys/{survey.key}/codes/", {"group": "11A"}).content.decode()
    code = re.search(rf"<b>{first.name}</b><br><code>([^<]+)</code>", sheet).group(1).replace(" ", "")
    client.post(f"/say/{code}/", {"named": "True", "next_step": "1"})
    row = SurveyResponse.objects.get()
    assert row.student == first and row.is_unsure and SurveyMark.objects.get().student == first


@pytest.mark.parametrize("how", ["left", "erased"])
def test_a_code_of_somebody_who_left_or_was_erased_answers_for_nobody(leader, client, how):
    first, *_ = make.students(6, group="11A")
    survey = make.survey("next_step")
    sheet = leader.post(f"/surveys/{survey.key}/codes/", {"group": "11A"}).content.decode()
    code = re.search(rf"<b>{first.name}</b><br><code>([^<]+)</code>", sheet).group(1).replace(" ", "")
    if how == "left":
        Enrolment.objects.filter(student=first).update(end_date=make.TODAY - timedelta(days=1))
    else:
        Erasure.objects.create(student=first, why="retention", recorded_by="a test", recorded_at=make.NOW)
    assert client.post(f"/say/{code}/", {"named": "True", "next_step": "1"}).status_code == 404
    assert not SurveyResponse.objects.exists() and not SurveyMark.objects.exists()


def test_after_the_first_answer_a_new_version_is_made_and_the_old_one_stands(leader):
    first, *_ = make.students(6)
    survey = make.survey("next_step")
    page = open_page(leader, f"/surveys/{survey.key}/change/")
    said = {name: page.field(name) for name, _ in page.fields}
    assert leader.post(f"/surveys/{survey.key}/change/", said | {"title": "Soon"}).status_code == 302
    survey.refresh_from_db()
    assert survey.title == "Soon"
    make.answered(survey, first, {"next_step": "5"})
    late = Page(leader.post(f"/surveys/{survey.key}/change/", said | {"title": "Later"}))
    assert late.status == 422 and "Make a new version" in late.problems[0] and late.field("title") == ["Later"]
    assert leader.post(f"/surveys/{survey.key}/again/").status_code == 302
    assert Survey.objects.count() == 2


def test_once_released_nobody_is_asked_under_their_name_who_was_promised_otherwise(leader):
    make.students(6)
    survey = make.survey()
    page = open_page(leader, f"/surveys/{survey.key}/change/")
    said = {name: page.field(name) for name, _ in page.fields}
    late = Page(leader.post(f"/surveys/{survey.key}/change/", said | {"how": "named"}))
    assert late.status == 422 and "whether names are kept" in late.problems[0]
    survey.refresh_from_db()
    assert not survey.is_named and survey.is_released


def test_an_answer_given_on_another_promise_than_the_surveys_is_not_kept(leader):
    first, *_ = make.students(6)
    survey = make.survey()
    phone = hand_of(make.as_student(first))
    assert open_page(phone, f"/answer/{survey.key}/").field("named") == ["False"]
    for named in ({"named": "True"}, {}):
        page = Page(phone.post(f"/answer/{survey.key}/", {"know_programme": "4"} | named))
        assert page.status == 422 and "how your answers are kept" in page.problems[0]
        assert ("know_programme", "4") in page.fields and page.field("named") == ["False"]
    assert not SurveyMark.objects.exists()


def test_a_released_survey_is_not_narrowed_to_four_and_says_anew_how_many_are_asked(leader):
    make.students(4, year=10, group="10A")
    make.students(6, year=11, group="11A")
    survey = make.survey()
    page = open_page(leader, f"/surveys/{survey.key}/change/")
    said = {name: page.field(name) for name, _ in page.fields}
    few = Page(leader.post(f"/surveys/{survey.key}/change/", said | {"whom": "year-10"}))
    assert few.status == 422 and "Choose more people" in few.problems[0]
    survey.refresh_from_db()
    assert (survey.year_group, survey.invited) == (None, 10)
    assert leader.post(f"/surveys/{survey.key}/change/", said | {"whom": "year-11"}).status_code == 302
    survey.refresh_from_db()
    assert (survey.year_group, survey.invited) == (11, 6)


def test_those_who_have_not_answered_are_listed_by_group_and_reminded_once_a_day(leader):
    first, second, *_ = make.students(6)
    survey = make.survey()
    make.answered(survey, first, {"know_programme": "5"})
    page = open_page(leader, f"/surveys/{survey.key}/")
    assert second.name in page.text and first.name not in page.text
    assert "5 see it on their own page" in Page(leader.post(f"/surveys/{survey.key}/remind/", follow=True)).text
    assert "reminded today already" in Page(leader.post(f"/surveys/{survey.key}/remind/", follow=True)).text
    listed = leader.get(f"/surveys/{survey.key}/waiting.csv").content.decode()
    assert second.name in listed and first.name not in listed
    copied = set(Event.objects.filter(verb=Verb.EXPORTED).values_list("student_id", flat=True))
    assert second.pk in copied and first.pk not in copied


def test_a_parent_answers_from_their_page_as_an_adult(leader):
    children = make.students(6)
    parents = [make.as_parent(child, name=f"Parent {n}") for n, child in enumerate(children)]
    survey = make.survey("parent_feedback")
    hand = hand_of(parents[0])
    assert f"/answer/{survey.key}/" in open_page(hand, f"/family/{children[0].key}/").links
    assert hand.post(f"/answer/{survey.key}/", {"named": "False", "parent_know": "2"})["Location"] == "/answer/thanks/"
    assert SurveyTally.objects.get(survey=survey, part="year", value="11").answered == 1


def test_staff_answer_from_their_home_and_students_are_not_asked(leader):
    first, *_ = make.students(6)
    tutors = [make.form_tutor(make.tutor_group("11A", 11), f"Tutor {n}") for n in range(6)]
    survey = make.survey("staff")
    assert f"/answer/{survey.key}/" in open_page(hand_of(tutors[0]), "/").links
    assert hand_of(tutors[0]).post(f"/answer/{survey.key}/", {"named": "False", "staff_know": "4"}).status_code == 302
    assert hand_of(make.as_student(first)).get(f"/answer/{survey.key}/").status_code == 404


def test_whatever_their_role_staff_find_the_questions_on_their_first_page_until_they_have_answered():
    places = {
        Role.FORM_TUTOR: {"place": "tutor_group", "tutor_group": make.tutor_group("11A", 11)},
        Role.SUBJECT_TEACHER: {"place": "group", "group": make.group("11A/Ma1", kind="class", subject="Maths")},
        Role.HEAD_OF_YEAR: {"place": "year_group", "year_group": 11},
    }
    staff = {role: make.account(f"The {role}") for role in Role if role not in (Role.STUDENT, Role.PARENT)}
    for role, someone in staff.items():
        make.role(someone, role, **places.get(role, {}))
    where = f"/answer/{make.survey('staff').key}/"
    for role, someone in staff.items():
        hand = hand_of(someone)
        assert where in open_page(hand, "/").links, role
        assert hand.post(where, {"named": "False", "staff_know": "4"}).status_code == 302
        assert where not in open_page(hand, "/").links, role


def test_what_a_question_is_evidence_for_leads_to_its_criterion_for_whoever_may_open_it(leader):
    over = make.survey_answered(
        {"know_programme": "5"}, 6, opens_on=make.TODAY - timedelta(days=20), closes_on=make.TODAY - timedelta(days=5)
    )
    where, criterion = f"/surveys/{over.key}/results/", "/evaluation/2025/2025/GB1.3/"
    assert criterion in open_page(leader, where).links and open_page(leader, criterion).status == 200
    assert criterion not in open_page(hand_of(make.governor()), where).links


def test_an_employers_code_has_its_label_and_needs_no_account(leader, client):
    survey = make.survey("employer_event")
    sheet = leader.post(f"/surveys/{survey.key}/codes/", {"label": "Marlow Build", "how_many": "1"}).content.decode()
    code = re.search(r"<code>([^<]+)</code>", sheet).group(1).replace(" ", "")
    client.post(f"/say/{code}/", {"named": "True", "employer_purpose": "5", "employer_better": "A smaller room"})
    assert SurveyResponse.objects.get().code.label == "Marlow Build"


def test_a_reminder_by_mail_gives_the_address_and_says_whether_names_are_kept(leader, settings, mailoutbox):
    settings.EMAIL_HOST, settings.EMAIL_BACKEND = "mail.school.example", "django.core.mail.backends.locmem.EmailBackend"
    first, second, *_ = make.students(6)
    for one in (first, second):
        make.as_student(one)
    survey = make.survey()
    make.answered(survey, first, {"know_programme": "5"})
    page = Page(leader.post(f"/surveys/{survey.key}/remind/", follow=True))
    assert "5 see it on their own page. 1 by e-mail." in page.text
    (mail,) = mailoutbox
    assert f"/answer/{survey.key}/" in mail.body and "Nobody can see who gave which answer" in mail.body


def test_somebody_of_whom_nothing_is_asked_is_not_asked(leader):
    young, *_ = make.students(6, year=7, group="7A")
    survey = make.survey(questions=["how_to_get_there", "ways_known"])
    phone = hand_of(make.as_student(young))
    assert "questions for you" not in open_page(phone, "/me/").text
    assert phone.get(f"/answer/{survey.key}/").status_code == 404


def test_a_senior_leader_reads_figures_and_is_shown_no_name_to_open(leader):
    first, *_ = make.students(6)
    survey = make.survey("next_step")
    make.answered(survey, first, {"next_step": "1"})
    someone = make.account("Simon Field")
    make.role(someone, "senior_leader")
    page = open_page(hand_of(someone), f"/surveys/{survey.key}/")
    assert page.status == 200 and not [link for link in page.links if "/said/" in link]
    assert [link for link in open_page(leader, f"/surveys/{survey.key}/").links if "/said/" in link]


def test_what_a_student_answered_under_their_name_can_be_read_question_by_question(leader):
    first, second, *_ = make.students(6)
    survey = make.survey("next_step")
    make.answered(survey, first, {"next_step": "1", "talked_at_home": "often"})
    said = open_page(leader, f"/surveys/{survey.key}/said/{first.key}/")
    assert "Not at all" in said.text and "Often" in said.text and "Not answered" in said.text
    assert leader.get(f"/surveys/{survey.key}/said/{second.key}/").status_code == 404


def test_a_question_of_the_schools_own_from_the_form_to_the_students_phone(leader):
    first, *_ = make.students(6)
    where = made(leader, then_own="on")
    assert where.endswith("/own/") and "do not ask who they are" in open_page(leader, where).text
    said = {"words": "=Which <b>bus</b>?", "kind": "choice", "options": "The 7", "criterion": "GB1.3"}
    short = Page(leader.post(where, said))
    assert short.status == 422 and short.problems == [
        "Write at least two answers to choose from, each on a line of its own."
    ]
    assert short.field("words") == [said["words"]] and short.field("kind") == ["choice"]
    assert leader.post(where, said | {"options": "The 7\nThe 12"}).status_code == 302
    survey = Survey.objects.get()
    code = survey.asks[-1].code
    assert f"/surveys/{survey.key}/own/?of={code}" in open_page(leader, f"/surveys/{survey.key}/").links
    page = open_page(leader, f"/surveys/{survey.key}/change/")
    leader.post(
        f"/surveys/{survey.key}/change/", {name: page.field(name) for name, _ in page.fields} | {"title": "Ours"}
    )
    leader.post(f"/surveys/{survey.key}/release/")
    phone = open_page(hand_of(make.as_student(first)), f"/answer/{survey.key}/")
    assert "=Which <b>bus</b>?" in phone.text and "The 12" in phone.text
    leader.post(f"/surveys/{survey.key}/own/?of={code}", {"take_out": "on"})
    survey.refresh_from_db()
    assert not [one for one in survey.asks if one.code == code] and survey.title == "Ours"
    assert leader.get(f"/surveys/{survey.key}/own/?of=know_programme").status_code == 404


def test_what_employers_said_stands_on_the_activity_they_came_to(leader, client):
    fair = make.activity("Careers fair")
    where = made(leader, "employer_event", activity=fair.key)
    survey = Survey.objects.get()
    assert survey.activity == fair and f"/activities/{fair.key}/" in open_page(leader, where).links
    leader.post(f"{where}release/")
    sheet = leader.post(f"{where}codes/", {"label": "Marlow Build", "how_many": "6"}).content.decode()
    for code in re.findall(r"<code>([^<]+)</code>", sheet):
        client.post(f"/say/{code.replace(' ', '')}/", {"named": "True", "employer_purpose": "5"})
    page = open_page(leader, f"/activities/{fair.key}/")
    assert "What employers said after it" in page.text and "6 answered" in page.text and "100%" in page.text
    assert f"/surveys/{survey.key}/results/" in page.links


def test_home_says_how_many_have_answered_what_is_open(leader):
    first, *_ = make.students(6)
    survey = make.survey()
    make.answered(survey, first, {"know_programme": "5"})
    page = open_page(leader, "/")
    assert "1 of 6 have answered" in page.text and f"/surveys/{survey.key}/" in page.links
    assert "have answered" not in open_page(hand_of(make.adviser()), "/").text

"""Intentions, offers and leavers written down by list: what is saved, undone, kept when wrong, and by whom."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pathbook.audit.models import Event
from pathbook.people.models import Place, Role
from pathbook.records.models import Aspiration, Destination, Intention, Offer
from tests import make
from tests.web.hand import Page, hand_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    class School:
        amara = make.student("Amara", "Ode", year=11, group="11A")
        ben = make.student("Ben", "Ash", year=11, group="11B")
        leader = hand_of(make.careers_leader())
        tutor = hand_of(make.form_tutor(make.tutor_group("11A", 11)))

    return School


def left(forename, surname, year=11, **said):
    return make.student(forename, surname, year=year, group=f"{year}L", academic_year=2024, **said)


def test_a_tutor_writes_down_what_their_group_means_to_do_and_takes_it_back(school):
    page = Page(school.tutor.get("/next/"))
    assert "Amara Ode" in page.text and "Ben Ash" not in page.text
    said = {f"code-{school.amara.key}": "230", f"code-{school.ben.key}": "230"}
    done = Page(school.tutor.post("/next/", said, follow=True))
    assert [(one.student, one.code) for one in Intention.objects.all()] == [(school.amara, "230")]
    assert "1 intention written down" in done.text and done.undo
    school.tutor.post("/next/", said)
    assert Intention.objects.count() == 1, "the same again writes nothing"
    school.tutor.post(done.undo)
    assert not Intention.objects.exists()
    assert "nothing to undo" in Page(school.tutor.post(done.undo, follow=True)).text
    assert set(Event.objects.filter(noun="intention").values_list("verb", flat=True)) == {"created", "undone"}


def test_what_is_wrong_is_said_and_what_was_typed_stays(school):
    said = {f"code-{school.amara.key}": "nonsense", f"code-{school.ben.key}": "210"}
    page = Page(school.leader.post("/next/?year=11", said))
    assert page.status == 422 and page.problems == ["Amara Ode: choose what they mean to do from the list."]
    assert not Intention.objects.exists() and 'value="210" selected' in page.body


def test_an_offer_and_then_how_it_stands(school):
    key = school.amara.key
    said = {
        f"provider-{key}": "Northbridge College",
        f"status-{key}": "offered",
        f"suits-{key}": "",
        f"course-{key}": "Art",
    }
    assert "1 of 2 have a suitable offer" in Page(school.leader.post("/next/offers/?year=11", said, follow=True)).text
    no = Page(school.leader.post("/next/offers/?year=11", {**said, f"suits-{key}": "no"}, follow=True))
    assert "0 of 2 have a suitable offer" in no.text and Offer.objects.get().suitable is False
    school.leader.post(no.undo)
    assert Offer.objects.get().suitable is None and Offer.objects.get().status == "offered"
    wrong = Page(school.leader.post("/next/offers/?year=11", {f"provider-{key}": "", f"status-{key}": "offered"}))
    assert wrong.problems == ["Amara Ode: say where."]
    assert school.tutor.post("/next/offers/", said).status_code == 404, "a tutor reads offers and writes none"


def test_leavers_are_confirmed_by_list_with_who_said_so(school):
    cara, dan, erin = left("Cara", "Fox"), left("Dan", "Gray", year=13), left("Erin", "Hale")
    make.enrol(erin, year=12, group="12A")
    went_early = left("Finn", "Ives", end_date=make.date(2025, 1, 10))
    page = Page(school.leader.get("/next/leavers/"))
    assert "3 to confirm: 2 still are" in page.text and "1 stayed in our own sixth form" in page.text
    assert went_early.surname not in page.text
    typed = {f"code-{cara.key}": "230", f"place-{cara.key}": "=Northbridge", "source": "college", "as_of": "1/10/2025"}
    done = Page(school.leader.post("/next/leavers/", typed, follow=True))
    row = Destination.objects.get()
    assert (row.student, row.code, row.place, row.source) == (cara, "230", "=Northbridge", "college")
    assert row.checked_on == make.TODAY and "3 to confirm: 1 still is" in done.text
    csv = school.leader.get("/next/leavers/export.csv?show=all").content.decode()
    assert "'=Northbridge" in csv and dan.legal_surname in csv
    assert set(Event.objects.filter(verb="exported").values_list("student_id", flat=True)) == {cara.pk, dan.pk, erin.pk}
    school.leader.post(done.undo)
    assert not Destination.objects.exists()


def test_a_day_before_they_left_or_nobody_s_word_is_refused_and_kept(school):
    cara = left("Cara", "Fox")
    typed = {f"code-{cara.key}": "230", f"place-{cara.key}": "College", "source": "", "as_of": "1/5/2025"}
    page = Page(school.leader.post("/next/leavers/", typed))
    assert page.status == 422 and len(page.problems) == 2
    assert page.field(f"place-{cara.key}") == ["College"] and not Destination.objects.exists()


def test_the_tab_shows_the_line_and_no_guidance_to_who_may_not_read_it(school):
    make.guidance_meeting(school.amara)
    shown = Page(school.leader.get(f"/students/{school.amara.key}/next/"))
    assert "From hope to outcome" in shown.text and "Guidance" in shown.text and "Met" in shown.text
    teacher = make.account("Tess")
    group = make.group()
    make.member(school.amara, group)
    make.role(teacher, Role.SUBJECT_TEACHER, Place.GROUP, group=group)
    told = Page(hand_of(teacher).get(f"/students/{school.amara.key}/next/")).text
    assert "Intention" in told and " Met " not in told


def test_who_to_ask_about_is_named_with_reasons_and_no_score(school):
    make.student("Cora", "Lane", year=11, group="11A", looked_after=True)
    page = Page(school.tutor.get("/next/risk/"))
    assert "1 student to ask about" in page.text and "not a score" in page.text
    for sign in ("No intention in the spring round", "Not decided yet", "No application or offer", "Looked after"):
        assert sign in page.text, sign
    assert "Looked after" in school.leader.get("/next/risk/export.csv").content.decode()


def test_where_hope_and_intention_differ_is_said_in_words(school):
    by = {"recorded_by": "a test", "recorded_at": make.NOW}
    Aspiration.objects.create(student=school.amara, pathway="apprenticeship", said_on=make.date(2026, 1, 9), **by)
    Intention.objects.create(student=school.amara, code="210", recorded_on=make.date(2025, 10, 1), **by)
    page = Page(school.leader.get("/next/outcomes/"))
    assert "1 where hopes, plans and outcomes differ" in page.text
    assert "Hopes for an apprenticeship, means to go to sixth form (the hope was said later)" in page.text
    assert "Nothing differs" in Page(school.leader.get("/next/outcomes/?left=2024")).text


def test_the_file_is_previewed_and_made_with_a_press_by_who_sees_plans_roll_and_objections(school):
    make.objection(school.ben)
    page = Page(school.leader.get("/next/authority/"))
    assert "1 student would go, 1 left out" in page.text and "Ben Ash" in page.text
    made = school.leader.post("/next/authority/make/csv/")
    assert "attachment" in made["Content-Disposition"] and "Ash" not in made.content.decode()
    assert "New: 0" in Page(school.leader.get("/next/authority/")).text
    assert school.leader.post("/next/authority/make/doc/").status_code == 404
    assert school.tutor.get("/next/authority/").status_code == 404
    assert hand_of(make.data_manager()).get("/next/authority/").status_code == 404, "plans are not the data manager's"


def test_a_code_is_added_or_sent_otherwise_and_a_wrong_one_keeps_what_was_typed(school):
    said = {"table": "activity", "code": "999", "label": "Year abroad", "group": "", "sent_as": "260", "used": "on"}
    page = Page(school.leader.post("/next/codes/", said))
    assert page.status == 422 and page.field("label") == ["Year abroad"]
    done = Page(school.leader.post("/next/codes/", {**said, "group": "Education"}, follow=True))
    assert "Code 999 is saved" in done.text and "47 codes" in done.text
    assert "Year abroad" in Page(school.leader.get("/next/")).text
    assert school.tutor.post("/next/codes/", said).status_code == 404


LIST = """UPN,Destination,College,Date
{upn},230,Northbridge College,01/10/2025
A999999999999,230,Nobody,01/10/2025
{upn},Nowhere,,01/10/2025
{upn},Apprenticeship,Garage,13/10/2029
"""


def test_a_colleges_list_is_shown_first_then_written_whole_and_taken_back(school):
    cara = left("Cara", "Fox", upn="A123456789012")
    upload = SimpleUploadedFile("enrolled.csv", LIST.format(upn=cara.upn).encode())
    page = school.leader.post("/next/leavers/import/", {"file": upload, "source": "college"}, follow=True)
    told = Page(page)
    assert "1 row to write, 3 left out" in told.text and "This is no code or name we know" in told.text
    assert not Destination.objects.exists(), "nothing has changed yet"
    confirm = page.request["PATH_INFO"] + "confirm/"
    assert school.tutor.post(confirm).status_code == 404
    done = Page(school.leader.post(confirm, follow=True))
    row = Destination.objects.get()
    assert (row.code, row.place, row.source, row.as_of) == (
        "230",
        "Northbridge College",
        "college",
        make.date(2025, 10, 1),
    )
    assert school.leader.post(confirm).status_code == 404, "pressed twice, written once"
    school.leader.post(done.undo)
    assert not Destination.objects.exists()
    wrong = school.leader.post(
        "/next/leavers/import/", {"file": SimpleUploadedFile("x.csv", b"a,b\n1,2\n"), "source": ""}
    )
    assert wrong.status_code == 422

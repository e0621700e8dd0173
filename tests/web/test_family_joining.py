"""A parent joins with the code on the sheet, reads their own child and nobody else, until the link or the sharing ends."""

import io
import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from pypdf import PdfReader

from pathbook.audit.models import Event
from pathbook.people import access
from pathbook.people.models import Account, Guardian, GuardianLink, JoiningCode, Place, Role, RoleHeld
from pathbook.records.models import GuidanceMeeting
from tests import make
from tests.web.hand import Page, hand_of
from tests.web.test_sign_in import is_in

pytestmark = pytest.mark.django_db
WHO = {"name": "Ada Ode", "relation": "mother", "email": "ada@home.example"}


@pytest.fixture(autouse=True)
def no_tally():
    cache.clear()


@pytest.fixture
def amara():
    child = make.student("Amara", "Ode", group="10B")
    make.guidance_meeting(child, summary="Shared words.", shared_with_parent=True)
    make.guidance_meeting(child, summary="Not for parents.", private_note="canary-private")
    return child


def join(code, client=None, **said):
    client = client or Client()
    client.post("/sign-in/code/", {"code": code})
    return client, client.post("/sign-in/code/family/", WHO | said)


def test_a_parent_joins_says_who_they_are_and_reads_only_their_own_child(amara):
    stranger = make.student("Zed", "Zzcanary", group="10B")
    ada, answer = join(make.family_code(amara).upper())
    assert answer.url == "/set-up/password/" and is_in(ada)
    page = Page(ada.get(f"/family/{amara.key}/"))
    assert "Shared words." in page.text and "Not for parents." not in page.body and "canary-private" not in page.body
    assert (
        ada.get(f"/family/{stranger.key}/").status_code == 404 and ada.get(f"/students/{amara.key}/").status_code == 404
    )
    link = GuardianLink.objects.get()
    assert (link.guardian.name, link.relation, link.student) == ("Ada Ode", "mother", amara)
    joined = Event.objects.get(noun="role", student_id=amara.pk)
    assert (joined.actor_role, joined.actor_name) == ("parent", "a parent or carer")
    assert not Event.objects.filter(actor_name__contains="Ada").exists()


def test_sharing_withdrawn_is_gone_at_the_next_request(amara):
    ada, _ = join(make.family_code(amara))
    assert "Shared words." in ada.get(f"/family/{amara.key}/").content.decode()
    GuidanceMeeting.objects.filter(summary="Shared words.").update(shared_with_parent=False)
    assert "Shared words." not in ada.get(f"/family/{amara.key}/").content.decode()


def test_the_link_ended_ends_the_role_and_the_session_at_once_and_can_be_undone(amara):
    ada, _ = join(make.family_code(amara))
    leader, link = hand_of(make.careers_leader()), GuardianLink.objects.get()
    assert "Joined" in Page(leader.get("/set-up/families/")).text
    page = Page(leader.post(f"/set-up/families/{link.pk}/end/", follow=True))
    assert "no longer reads" in page.notes[0] and not is_in(ada)
    assert ada.get(f"/family/{amara.key}/").status_code == 302
    again = hand_of(Account.objects.get(email="ada@home.example"))
    assert again.get(f"/family/{amara.key}/").status_code == 404 and not RoleHeld.objects.filter(role="parent").exists()
    ended = Page(leader.get("/set-up/families/")).text
    assert "Ended" in ended and "Give back" in ended
    assert "again" in Page(leader.post(page.undo, follow=True)).notes[0]
    assert hand_of(Account.objects.get(email="ada@home.example")).get(f"/family/{amara.key}/").status_code == 200


def test_a_role_of_long_ago_ends_yesterday(amara):
    ada, _ = join(make.family_code(amara))
    RoleHeld.objects.filter(role="parent").update(starts_on=make.TODAY - timedelta(days=90))
    hand_of(make.careers_leader()).post(f"/set-up/families/{GuardianLink.objects.get().pk}/end/")
    assert RoleHeld.objects.get(role="parent").ends_on == make.TODAY - timedelta(days=1) and not is_in(ada)


def test_a_second_child_is_added_to_the_same_account_by_its_code(amara):
    ben = make.student("Ben", "Ode", group="10B")
    ada, _ = join(make.family_code(amara))
    ada.post("/sign-in/code/", {"code": make.family_code(ben)})
    assert "Add Ben to your page" in Page(ada.get("/sign-in/code/family/")).text
    assert ada.post("/sign-in/code/family/", {"relation": "mother"}).url == "/family/"
    assert "Amara Ode" in Page(ada.get("/family/")).text and "Ben Ode" in Page(ada.get("/family/")).text
    assert (
        Guardian.objects.get().links.count() == 2
        and Account.objects.filter(roles__role="parent").distinct().count() == 1
    )
    hand_of(make.careers_leader()).post(f"/set-up/families/{GuardianLink.objects.get(student=ben).pk}/end/")
    back = hand_of(Account.objects.get(email="ada@home.example"))
    assert back.get(f"/family/{ben.key}/").status_code == 404 and back.get(f"/family/{amara.key}/").status_code == 200


def test_once_ended_no_other_sheet_opens_it_again_and_only_the_school_gives_it_back(amara):
    other = make.family_code(amara)
    join(make.family_code(amara))
    page = Page(
        hand_of(make.careers_leader()).post(f"/set-up/families/{GuardianLink.objects.get().pk}/end/", follow=True)
    )
    assert "not used are cancelled" in page.notes[0]
    assert Client().post("/sign-in/code/", {"code": other}).status_code == 422
    ben = make.student("Ben", "Ode", group="10B")
    account = Account.objects.get(email="ada@home.example")
    make.role(account, Role.PARENT, Place.STUDENT, student=ben)
    again = hand_of(Account.objects.get(email="ada@home.example"))
    again.post("/sign-in/code/", {"code": make.family_code(amara)})
    answer = again.post("/sign-in/code/family/", {"relation": "mother"})
    assert answer.status_code == 422 and "The school ended this" in Page(answer).text
    assert GuardianLink.objects.get(student=amara).ends_on and again.get(f"/family/{amara.key}/").status_code == 404


def test_the_codes_of_a_lost_sheet_are_cancelled(amara):
    lost, kept = make.family_code(amara), make.family_code(make.student("Ben", "Lee", group="10B"))
    leader = hand_of(make.careers_leader())
    page = Page(leader.get("/set-up/families/"))
    assert "Codes not used yet" in page.text and "Amara Ode" in page.text and "Ben Lee" in page.text
    assert "Ben Lee" not in Page(leader.get("/set-up/families/?search=amara")).text
    tutor = hand_of(make.form_tutor(make.tutor_group("10B")))
    assert tutor.post(f"/set-up/families/codes/{amara.key}/cancel/").status_code == 404
    leader.post(f"/set-up/families/codes/{amara.key}/cancel/")
    assert Client().post("/sign-in/code/", {"code": lost}).status_code == 422
    assert Client().post("/sign-in/code/", {"code": kept}).status_code == 302
    assert Event.objects.filter(noun="family code", verb="removed", student_id=amara.pk).count() == 1


def test_a_teacher_who_is_a_parent_adds_their_child_and_sees_them_at_once(amara):
    teacher = hand_of(make.careers_leader("Tess Ode"))
    teacher.post("/sign-in/code/", {"code": make.family_code(amara)})
    page = Page(teacher.post("/sign-in/code/family/", {"relation": "mother"}, follow=True))
    assert page.status == 200 and "Amara" in page.text


def test_reading_the_roll_does_not_end_a_parents_access(amara, monkeypatch):
    join(make.family_code(amara))
    monkeypatch.setitem(access.TABLE[Role.CAREERS_LEADER], access.FAMILIES, access.READ)
    leader, link = hand_of(make.careers_leader()), GuardianLink.objects.get()
    assert "Ada Ode" in Page(leader.get("/set-up/families/")).text
    for act in ("end", "undo"):
        assert leader.post(f"/set-up/families/{link.pk}/{act}/").status_code == 404
    assert GuardianLink.objects.get().ends_on is None


def test_a_guardian_on_record_is_matched_by_name_and_another_becomes_a_new_link(amara):
    known = make.guardian(amara, name="Ada  ODÉ")
    join(make.family_code(amara))
    join(make.family_code(amara), name="Uncle Ode", email="uncle@home.example", relation="uncle")
    known.refresh_from_db()
    assert known.account.email == "ada@home.example"
    assert set(GuardianLink.objects.values_list("guardian__name", flat=True)) == {"Ada  ODÉ", "Uncle Ode"}


def test_two_sheets_for_two_homes_are_both_good_and_each_lets_one_in(amara):
    first, second = make.family_code(amara), make.family_code(amara)
    join(first)
    join(second, email="father@home.example", name="Obi Ode", relation="father")
    assert GuardianLink.objects.count() == 2
    for code in (first, second):
        assert Client().post("/sign-in/code/", {"code": code}).status_code == 422


def test_of_two_who_hold_one_code_one_joins_and_after_a_month_none(amara):
    code, first, second = make.family_code(amara), Client(), Client()
    for client in (first, second):
        client.post("/sign-in/code/", {"code": code})
    first.post("/sign-in/code/family/", WHO)
    assert second.post("/sign-in/code/family/", WHO | {"email": "b@home.example"}).url == "/sign-in/code/"
    late = make.family_code(amara)
    JoiningCode.objects.filter(used_at=None).update(expires_on=make.TODAY - timedelta(days=1))
    assert Client().post("/sign-in/code/", {"code": late}).status_code == 422


def test_an_address_that_has_an_account_is_not_taken_over(amara):
    leader = make.careers_leader()
    client, answer = join(make.family_code(amara), email=leader.email.upper())
    assert answer.status_code == 422 and not is_in(client) and "Sign in with it first" in Page(answer).problems[0]
    assert not GuardianLink.objects.exists() and not JoiningCode.objects.filter(used_at__isnull=False).exists()


def test_a_family_code_makes_no_student_and_a_students_code_no_parent(amara):
    client = Client()
    client.post("/sign-in/code/", {"code": make.family_code(amara)})
    assert client.post("/sign-in/code/join/", {"email": "x@home.example"}).url == "/sign-in/code/"
    client.post("/sign-in/code/", {"code": make.joining_code(amara)})
    assert client.post("/sign-in/code/family/", WHO).url == "/sign-in/code/"
    assert not RoleHeld.objects.filter(role__in=("student", "parent")).exists()


@pytest.mark.parametrize(
    "said", [{"name": ""}, {"relation": ""}, {"email": "home"}, {"name": "x" * 300}, {"name": "\0"}]
)
def test_what_is_missing_is_said_and_the_code_is_still_good(amara, said):
    client, answer = join(make.family_code(amara), **said)
    assert answer.status_code == 422 and len(Page(answer).problems) == 1
    assert client.post("/sign-in/code/family/", WHO).url == "/set-up/password/"


def test_each_sheet_has_a_code_of_its_own_the_address_and_a_square(amara):
    make.student("Bo", "Lee", group="10B")
    hidden = make.student("Other", "Form", group="10C")
    tutor = hand_of(make.form_tutor(make.tutor_group("10B")))
    answer = tutor.post("/reports/parents-evening-codes.pdf", {"group": "10B"})
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages]
    found = [re.search(r"month:((?:\s*[a-z2-9]){12})", text) for text in pages]  # a reader of PDF may part letters
    codes = {"".join(one.group(1).split()) for one in found if one}
    assert (
        len(pages) == 2
        and len(codes) == 2
        and all("testserver/sign-in/code/" in text.replace("\n", "") for text in pages)
    )
    assert (
        JoiningCode.objects.filter(family=True).count() == 2 and not JoiningCode.objects.filter(student=hidden).exists()
    )
    assert {one.status_code for one in (Client().post("/sign-in/code/", {"code": code}) for code in codes)} == {302}
    assert Event.objects.filter(noun="family code").count() == 2 and Event.objects.filter(verb="printed").count() == 2
    assert hand_of(make.data_manager()).post("/reports/parents-evening-codes.pdf").status_code == 404


def test_only_those_who_keep_the_roll_see_and_end_links(amara):
    join(make.family_code(amara))
    pk = GuardianLink.objects.get().pk
    tutor, dee = hand_of(make.form_tutor(make.tutor_group("10B"))), hand_of(make.data_manager())
    assert tutor.get("/set-up/families/").status_code == 404
    assert tutor.post(f"/set-up/families/{pk}/end/").status_code == 404
    elsewhere = hand_of(make.careers_leader("Other Leader", at=make.school("Other School")))
    assert elsewhere.post(f"/set-up/families/{pk}/end/").status_code == 404
    assert "Ada Ode" not in Page(elsewhere.get("/set-up/families/")).text
    assert "Ada Ode" in Page(dee.get("/set-up/families/?search=ada")).text
    assert "Nobody matches" in Page(dee.get("/set-up/families/?search=nobody")).text

"""Printed codes: one person, once, within a month; and that only a digest of them is kept."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from pathbook.audit.models import Event
from pathbook.people import joining
from pathbook.people.models import Account, JoiningCode, Role, RoleHeld
from tests import make
from tests.web.hand import Page, hand_of
from tests.web.test_sign_in import is_in, with_app, with_password

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_tally():
    cache.clear()


def give_code(client, code):
    return client.post("/sign-in/code/", {"code": code})


def join(code, email="amara@school.example", client=None):
    client = client or Client()
    give_code(client, code)
    return client, client.post("/sign-in/code/join/", {"email": email})


def test_a_student_joins_with_the_slip_and_then_chooses_a_password():
    amara = make.student()
    client, answer = join(make.joining_code(amara).upper().replace(" ", "-"))
    assert answer.url == "/set-up/password/" and is_in(client)
    held = RoleHeld.objects.get(role=Role.STUDENT)
    assert held.student == amara and held.account.email == "amara@school.example"
    assert not held.account.has_usable_password()
    assert Event.objects.filter(noun="role", student_id=amara.pk, actor_role=Role.STUDENT).count() == 1


def test_a_code_works_once():
    code = make.joining_code(make.student())
    join(code)
    assert give_code(Client(), code).status_code == 422
    assert Account.objects.filter(roles__role=Role.STUDENT).count() == 1


def test_of_two_who_hold_one_code_one_joins():
    code = make.joining_code(make.student())
    first, second = Client(), Client()
    give_code(first, code)
    give_code(second, code)
    join(code, "one@school.example", first)
    assert second.post("/sign-in/code/join/", {"email": "two@school.example"}).url == "/sign-in/code/"
    assert not Account.objects.filter(email="two@school.example").exists()


def test_of_two_who_found_it_unused_at_the_same_moment_one_joins():
    code = make.joining_code(make.student())
    first, second = (joining.find(code, on=make.TODAY) for _ in range(2))
    joining.join(first, email="one@school.example", at=make.NOW, on=make.TODAY)
    with pytest.raises(joining.TakenError):
        joining.join(second, email="two@school.example", at=make.NOW, on=make.TODAY)


def test_a_new_slip_ends_the_old_one():
    amara = make.student()
    old = make.joining_code(amara)
    new = make.joining_code(amara)
    assert give_code(Client(), old).status_code == 422 and give_code(Client(), new).status_code == 302


def test_after_a_month_it_is_over():
    code = make.joining_code(make.student())
    JoiningCode.objects.update(expires_on=make.TODAY - timedelta(days=1))
    assert give_code(Client(), code).status_code == 422


@pytest.mark.parametrize("code", ["", "x", "abcdefghjkmn", "\0", "a" * 5000, "é"])
def test_any_other_code_is_refused_in_a_sentence(code):
    page = Page(give_code(Client(), code))
    assert page.status == 422 and all(said.endswith(".") for said in page.problems)


def test_an_address_that_has_an_account_is_not_taken_over():
    leader = make.careers_leader()
    client, answer = join(make.joining_code(make.student()), leader.email.upper())
    assert answer.status_code == 422 and not is_in(client)
    assert leader.roles.count() == 1 and JoiningCode.objects.get().used_at is None


def test_somebody_invited_is_let_in_but_not_past_a_second_step():
    someone = make.account("Tom Whitlock")
    make.role(someone, Role.SENIOR_LEADER)
    client = Client()
    assert give_code(client, make.joining_code(someone)).status_code == 302 and is_in(client)
    with_app(with_password(someone))
    again = Client()
    assert give_code(again, make.joining_code(someone)).url == "/sign-in/second-step/" and not is_in(again)


def test_a_disabled_account_is_not_let_in():
    someone = make.careers_leader("Tom Whitlock")
    code = make.joining_code(someone)
    Account.objects.filter(pk=someone.pk).update(is_active=False)
    assert give_code(Client(), code).status_code == 422


def test_only_a_digest_is_kept():
    code = make.joining_code(make.student())
    kept = " ".join(JoiningCode.objects.values_list("digest", flat=True))
    assert code.replace(" ", "") not in kept and joining.find(code, on=make.TODAY) is not None


def test_guessing_from_one_address_is_stopped(settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"joining_code": "20/5m/ip"}
    code = make.joining_code(make.student())
    for guess in range(20):
        give_code(Client(), f"abcdefghjk{guess:02}")
    assert "Wait 15 minutes" in Page(give_code(Client(), code)).text


def test_a_sheet_for_a_form_holds_each_without_a_door_once():
    leader = hand_of(make.careers_leader())
    amara, joined, other = make.student(group="10B"), make.student("Bo", group="10B"), make.student("Cy", group="10C")
    make.role(make.account("Bo"), Role.STUDENT, "student", student=joined)
    form = make.tutor_group("10B")
    page = Page(leader.post("/set-up/codes/", {"who": form.pk}))
    assert amara.name in page.text and joined.name not in page.text and other.name not in page.text
    assert JoiningCode.objects.get().student == amara
    assert Event.objects.get(noun="joining code").student_id == amara.pk


def test_an_administrator_prints_codes_for_staff_and_sees_no_student():
    someone = make.account("Ivo Tranter")
    make.role(someone, Role.IT_ADMIN)
    ivo, form = hand_of(someone), make.tutor_group("10B")
    make.student("Amara", "Zzcanary", group="10B")
    make.careers_leader("Priya Raman")
    assert "10B" not in Page(ivo.get("/set-up/codes/")).text
    assert "Priya Raman" in Page(ivo.post("/set-up/codes/", {"who": "staff"})).text
    refused = Page(ivo.post("/set-up/codes/", {"who": form.pk}))
    assert refused.status == 422 and "Zzcanary" not in refused.body


def test_those_who_do_not_manage_accounts_print_none():
    assert hand_of(make.data_manager()).post("/set-up/codes/", {"who": "staff"}).status_code == 404

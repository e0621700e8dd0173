"""A placement on its pages: begun, proposed, asked by links that end, blocked, approved, done and counted; failed mail shown."""

from datetime import date, timedelta

import pytest
from django.core import mail, signing
from django.core.cache import cache
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client

from pathbook.audit.models import Event
from pathbook.people.models import Erasure, GuardianLink, Place, Role
from pathbook.records.actions import placement_forms
from pathbook.records.actions.placement_answers import Answer, answer_by_link
from pathbook.records.models import Activity, Host, Participation, Placement, PlacementForm
from pathbook.web.moments import number_of
from tests import make
from tests.web.hand import Page, hand_of, open_page
from tests.web.test_query_budgets import asked_for

pytestmark = pytest.mark.django_db
SAID = {
    "yes": "yes", "words": "Serve with us and see the books.", "insurance": "Aviva 123", "insured_until": "2026-12-31",
    "risk_assessed_on": "2026-01-10", "safeguarding": "on", "keeps_data": "on", "name": "Rita Marlow",
}  # fmt: skip


@pytest.fixture(autouse=True)
def no_tally():
    cache.clear()


@pytest.fixture
def leader():
    return hand_of(make.careers_leader())


@pytest.fixture
def amara():
    return make.student("Amara", "Zzcanary", year=10, group="10B")


def own(student):
    someone = make.account(student.name)
    make.role(someone, Role.STUDENT, Place.STUDENT, student=student)
    return hand_of(someone)


def asked(one, party, **said):
    return make.placement_link(make.placement_form(one, party, **said))


def test_from_a_year_group_to_days_that_count(leader, amara):
    page = Page(leader.post("/placements/begin/", {"year_group": 10, "first": "2026-02-02", "last": "2026-02-06", "hours": 5}, follow=True))  # fmt: skip
    assert "1 placement begun" in page.notes[0] and "0 of 1 placement approved" in page.text
    one, student = Placement.objects.get(), own(amara)
    said = Page(student.post(f"/me/placement/{one.key}/host/", {"host": "Marlow Books", "email": "rita@marlow.example", "aim": "How a shop runs"}, follow=True))  # fmt: skip
    assert "Marlow Books" in said.text and "The school looks at the host" in said.text
    given = Page(leader.post(f"/placements/{one.key}/host/", {"provider": "Marlow Books", "contact": "Rita", "email": "rita@marlow.example"}, follow=True))  # fmt: skip
    assert "Ask the employer" in given.text
    link = link_after(leader, one)
    asking = Page(Client().get(link))
    assert "Amara" in asking.text and "Zzcanary" not in asking.body and asking.unlabelled == []
    assert "Thank you" in Page(Client().post(link, SAID, follow=True)).text
    home = link_after(leader, one)
    assert "Thank you" in Page(Client().post(home, {"yes": "yes", "name": "Ada Ode"}, follow=True)).text
    page = Page(leader.post(f"/placements/{one.key}/approve/", follow=True))
    assert "Approved" in page.notes[0] and "Under way" in page.text
    student.post(f"/me/placement/{one.key}/day/", {"on": "2026-02-03", "words": "I met the team."})
    student.post(f"/me/placement/{one.key}/reflect/", {"words": "I would like to run a shop."})
    page = Page(leader.post("/placements/done/", {"who": one.key, "back": one.key}, follow=True))
    assert "5 days counted" in page.notes[0] and "Not meaningful yet" in page.text
    part = Participation.objects.get()
    assert (part.hours, part.status, part.reflection) == (25, "attended", "I would like to run a shop.")
    feedback = link_after(leader, one)
    Client().post(feedback, {"words": "Kind and quick.", "items": ["GB6-3", "GB6-4", "GB6-5"], "name": "Rita"})
    assert Activity.objects.get().meaningful and "Meaningful" in open_page(leader, f"/placements/{one.key}/").text
    assert "Kind and quick." in Page(student.get("/me/placement/")).text
    undo = f"/placements/done/undo/{number(one)}/"
    assert "Undone" in Page(leader.post(undo, follow=True)).notes[0]
    assert not Participation.objects.exists() and Activity.objects.get().withdrawn_at
    assert "nothing to undo" in Page(leader.post(undo, follow=True)).notes[0]
    told = str(list(Event.objects.values_list("detail", flat=True)))
    assert not [words for words in ("Kind and quick", "I met the team", "run a shop") if words in told]


def number(one):
    return number_of(Placement.objects.get(pk=one.pk).done_at)


def link_after(leader, one):
    """The leader asks, and copies the link the page shows."""
    page = Page(leader.post("/placements/send/", {"who": one.key, "back": one.key}, follow=True))
    return page.body.split('readonly value="http://testserver')[1].split('"')[0]


def test_several_are_approved_at_once_and_each_other_says_what_stands_in_the_way(leader, amara):
    said, bo = ("student", "employer", "parent"), make.student("Bo", "Berg", year=10, group="10B")
    ready = make.placement(amara, make.host(insured_until=date(2026, 12, 31)), said=said)
    late = make.placement(bo, make.host("Short Cover", insured_until=date(2026, 7, 9)), said=said)
    page = Page(leader.post("/placements/approve/", {"who": [ready.key, late.key]}, follow=True))
    assert "1 placement is approved" in page.text and "1 cannot be approved yet. Bo Berg: The host" in page.text
    assert "insurance ends on 9 Jul 2026" in page.text and "Not approved yet: 1" in page.text
    assert "Short Cover" in open_page(leader, f"/students/{bo.key}/").text
    home = open_page(leader, "/")
    assert "work placement is not approved yet" in home.text and "Waiting: 1 for you to approve." in home.text
    ready.refresh_from_db()
    undo = f"/placements/approve/undo/{number_of(ready.approved_at)}/"
    assert "Undone: 1 is not approved" in Page(leader.post(undo, follow=True)).notes[0]
    assert "nothing to undo" in Page(leader.post(undo, follow=True)).notes[0]


def test_what_is_wrong_with_a_choice_of_circles_leads_to_the_first(amara):
    one = make.placement(amara, make.host())
    page = Page(Client().post(asked(one, "employer"), {"name": "Rita"}))
    assert 'href="#id_yes_0"' in page.body and 'id="id_yes_0"' in page.body


def test_insurance_that_ends_before_the_last_day_blocks_with_one_sentence(leader, amara):
    shop = make.host(insured_until=date(2026, 7, 9))
    one = make.placement(amara, shop, said=("student", "employer", "parent"))
    page = Page(leader.post(f"/placements/{one.key}/approve/", follow=True))
    assert "The host's insurance ends on 9 Jul 2026, before the last day, 10 Jul 2026." in page.notes[0].replace(
        "’", "'"
    )
    assert Placement.objects.get().approved_at is None
    assert "insurance ends on 9 Jul 2026" in open_page(leader, "/placements/").text
    assert "Marlow Build" in open_page(leader, "/placements/hosts/").text
    papers = {"insured_until": "31/12/2026", "risk_assessed_on": "3 Nov 2025", "safeguarding": "on", "keeps_data": "on"}
    leader.post(f"/placements/hosts/{shop.key}/", papers, follow=True)
    assert "Approved" in Page(leader.post(f"/placements/{one.key}/approve/", follow=True)).notes[0]


def broken(amara):
    """Every kind of link that opens nothing."""
    shop = make.host()
    one, other = make.placement(amara, shop), make.placement(amara, shop)
    form = make.placement_form(one)
    whole = make.placement_link(form)
    run_out = asked(other, "employer", expires_on=make.TODAY - timedelta(days=1))
    used = asked(other, "parent", answered_at=make.NOW, answered_by="x", yes=True)
    unsent = asked(other, "feedback", sent_at=None)
    off = asked(make.placement(amara, shop, called_off_at=make.NOW, called_off_by="x"), "employer")
    mine = asked(one, "student")
    old = f"/form/{signing.dumps([form.key, 0], salt=placement_forms.SALT)}/"
    elsewhere = f"/form/{signing.dumps([form.key, 1], salt='pathbook.employer-form')}/"
    odd = [
        f"/form/{signing.dumps(said, salt=placement_forms.SALT)}/" for said in (7, [1], ["a", "b"], None, [["a"], {}])
    ]
    altered = [whole[:n] + ("A" if whole[n] != "A" else "B") + whole[n + 1 :] for n in (8, 20, len(whole) - 9)]
    return whole, [run_out, used, unsent, off, mine, old, elsewhere, *odd, *altered, "/form/x/"]


def test_a_link_that_is_used_run_out_ended_altered_or_of_another_is_one_and_the_same_page(amara, leader):
    whole, dead = broken(amara)
    answers = [Client().get(url) for url in dead] + [Client().post(url, SAID) for url in dead]
    assert {answer.status_code for answer in answers} == {404} and len({answer.content for answer in answers}) == 1
    assert not PlacementForm.objects.filter(party="employer", answered_at__isnull=False).exists()
    one = PlacementForm.objects.get(key=signing.loads(whole.split("/")[2], salt=placement_forms.SALT)[0]).placement
    assert Client().post(whole, SAID).status_code == 302, "the whole one works"
    assert Client().post(whole, SAID).status_code == 404, "once"
    leader.post(f"/placements/{one.key}/end/employer/")
    assert Client().get(whole).status_code == 404, "asked again by a new link"


def test_a_homes_link_ends_with_their_link_to_the_child_and_is_not_revived_for_those_who_stay(leader, amara, settings):
    settings.EMAIL_HOST = "localhost"
    stays, goes = make.guardian(amara, "Ada Stays"), make.guardian(amara, "Gus Goes")
    for one in (stays, goes):
        one.email = f"{one.name.split()[1].lower()}@home.example"
        one.save()
    one = make.placement(amara, make.host(), said=("student", "employer"))
    send = {"placements": list(Placement.objects.select_related("student", "host")), "where": placement_forms.Where("http://t/form/", ""), "on": make.TODAY}  # fmt: skip
    placement_forms.send(by=placement_forms.record.Someone(None, "A test", ""), at=make.NOW, **send)
    old = f"/form/{mail.outbox[0].body.split('/form/')[1].split('/')[0]}/"
    assert Client().get(old).status_code == 200
    GuardianLink.objects.filter(guardian=goes).update(ends_on=make.TODAY - timedelta(days=1))
    assert Client().get(old).status_code == 404 and Client().post(old, {"yes": "yes", "name": "Gus"}).status_code == 404
    later = send | {"on": make.TODAY + timedelta(days=1)}
    placement_forms.send(
        by=placement_forms.record.Someone(None, "A test", ""), at=make.NOW + timedelta(days=1), **later
    )
    new = f"/form/{mail.outbox[1].body.split('/form/')[1].split('/')[0]}/"
    assert mail.outbox[1].recipients() == ["stays@home.example"] and new != old
    assert Client().get(old).status_code == 404 and Client().get(new).status_code == 200
    assert one.forms.get(party="parent").answered_at is None


def test_nobody_writes_of_a_student_who_was_erased(amara):
    link = asked(make.placement(amara, make.host()), "employer")
    Erasure.objects.create(student=amara, why="retention", recorded_by="a test", recorded_at=make.NOW)
    assert Client().get(link).status_code == 404 and Client().post(link, SAID).status_code == 404


def test_of_two_who_answer_at_once_one_is_written(amara):
    one = make.placement(amara, make.host())
    form = make.placement_form(one)
    first, second = (PlacementForm.objects.select_related("placement__host").get(pk=form.pk) for _ in range(2))
    assert answer_by_link(form=first, said=Answer("Rita", True, "Serve"), at=make.NOW)
    events = Event.objects.count()
    assert not answer_by_link(form=second, said=Answer("Eve", False, "Never"), at=make.NOW)
    form.refresh_from_db()
    assert (form.answered_by, form.yes) == ("Rita", True) and Event.objects.count() == events


@pytest.mark.parametrize(
    ("wrong", "words"),
    [({"yes": ""}, "yes or no"), ({"words": ""}, "what they will do"), ({"insured_until": ""}, "insurance ends"),
     ({"insured_until": "soon"}, "as day, month and year"), ({"keeps_data": ""}, "data safe"), ({"name": ""}, "who you are")],
)  # fmt: skip
def test_what_is_wrong_is_said_once_and_what_was_typed_is_kept(amara, wrong, words):
    link = asked(make.placement(amara, make.host()), "employer")
    page = Page(Client().post(link, SAID | wrong))
    assert page.status == 422 and len(page.problems) == 1 and words in page.problems[0]
    assert page.field("insurance") == ["Aviva 123"] and PlacementForm.objects.get().answered_at is None


class Refusing(EmailBackend):
    def send_messages(self, messages):
        if any("marlow" in address for one in messages for address in one.to):
            raise OSError("refused")
        return super().send_messages(messages)


def test_a_mail_that_fails_is_shown_on_its_line_and_can_be_sent_again(leader, amara, settings):
    settings.EMAIL_HOST, settings.EMAIL_BACKEND = "mail.example", "tests.web.test_placement_pages.Refusing"
    one = make.placement(amara, make.host(), said=("student",))
    fine = make.placement(make.student("Ben"), make.host("Fine Foods", email="ok@fine.example"), said=("student",))
    page = Page(leader.post("/placements/send/", {"who": [one.key, fine.key]}, follow=True))
    assert "1 by mail" in page.notes[0] and "The mail to rita@marlow.example could not be sent" in page.text
    assert len(mail.outbox) == 1 and "Amara" not in mail.outbox[0].body and "/form/" in mail.outbox[0].body
    Host.objects.filter(email__contains="marlow").update(email="books@fine.example")
    page = Page(leader.post("/placements/send/", {"who": [one.key, fine.key]}, follow=True))
    assert "1 by mail" in page.notes[0] and "1 had been sent today already" in page.notes[0]
    assert "could not be sent" not in page.text and not PlacementForm.objects.filter(mail="failed").exists()


def test_reminders_go_on_their_days_and_not_between(amara, settings):
    settings.EMAIL_HOST, settings.EMAIL_BACKEND = "mail.example", "django.core.mail.backends.locmem.EmailBackend"
    one = make.placement(amara, make.host(), said=("student",))
    make.placement_form(one, mail="sent")
    by, where = make.viewer(make.careers_leader()), placement_forms.Where("https://x/form/", "https://x/me/")
    for day in range(1, 22):
        rows = list(Placement.objects.select_related("student__institution", "host"))
        at = make.NOW + timedelta(days=day)
        placement_forms.send(placements=rows, where=where, by=by, at=at, on=at.date(), only_due=True)
    assert len(mail.outbox) == 2 and PlacementForm.objects.get(party="employer").reminders == 2


def test_a_parent_answers_for_their_own_child_and_may_change_it(amara, leader):
    one = make.placement(amara, make.host(), said=("student", "employer"))
    parent = make.account("Ada Ode")
    make.role(parent, Role.PARENT, Place.STUDENT, student=amara)
    home = hand_of(parent)
    url = f"/family/{amara.key}/placement/{one.key}/"
    assert "May Amara" in Page(home.get(f"/family/{amara.key}/")).text
    assert "Say why not" in Page(home.post(url, {"answer": "no"})).problems[0]
    home.post(url, {"answer": "no", "why": "Too far"})
    assert "Home has said no" in open_page(leader, "/placements/").text
    home.post(url, {"answer": "yes"})
    assert PlacementForm.objects.get(party="parent").yes is True
    other = make.student("Ben")
    theirs = make.placement(other, make.host("Else"), said=("student", "employer"))
    assert home.post(f"/family/{other.key}/placement/{theirs.key}/", {"answer": "yes"}).status_code == 404
    assert home.post(f"/family/{amara.key}/placement/{theirs.key}/", {"answer": "yes"}).status_code == 404


def test_a_tutor_sees_their_own_and_acts_on_none(amara):
    make.placement(make.student("Other", "Hidden", group="10C"))
    one = make.placement(amara, make.host(), said=("student", "employer", "parent"))
    tutor = hand_of(make.form_tutor(make.tutor_group("10B")))
    page = open_page(tutor, "/placements/")
    assert "Zzcanary" in page.text and "Hidden" not in page.body and "Send or remind" not in page.text
    for act in ("approve", "call-off", "approve/take-back", "end/employer"):
        assert tutor.post(f"/placements/{one.key}/{act}/", {"why": "x"}).status_code == 404
    for act in ("send", "done"):
        assert tutor.post(f"/placements/{act}/", {"who": one.key}).status_code == 404
    assert Placement.objects.filter(approved_at=None, called_off_at=None).count() == 2


def test_days_counted_with_the_year_group_are_not_counted_twice(amara, leader):
    week = make.activity("Work experience week", "workplace_experience", date(2026, 1, 12), ends_on=date(2026, 1, 16))
    part = make.participation(amara, week, hours=25)
    one = make.placement(
        amara, make.host(), date(2026, 1, 12), date(2026, 1, 16), ("student", "employer", "parent"),
        approved_at=make.NOW, approved_by="x",
    )  # fmt: skip
    leader.post("/placements/done/", {"who": one.key})
    one.refresh_from_db()
    assert one.part == part and Participation.objects.count() == 1


def test_the_board_costs_the_same_for_30_and_for_180(leader):
    used, shop = [], make.host()
    for more in (30, 150):
        for n, someone in enumerate(make.students(more, year=10, group="10B")):
            make.placement(someone, shop if n % 3 else None, said=("student", "employer", "parent")[: n % 4])
        used.append(asked_for(leader, "/placements/"))
    assert used[0][0] == used[1][0] <= 12, used

"""A round of monitoring through the pages: planned, drawn, written down with a photograph, followed up; and who may not."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail.backends.base import BaseEmailBackend

from pathbook.audit.models import Event
from pathbook.commands.refusal import Refused
from pathbook.commands.remind import remind
from pathbook.people.models import Role, SubjectStudied
from pathbook.uptake.models import FollowUp, MonitoringRound, Observation, ObservationPhoto
from pathbook.uptake.queries.follow_ups import to_remind_of
from tests import make
from tests.uptake.test_photographs import bomb, taken_somewhere
from tests.web.hand import Page, hand_of, open_page, sheet_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader():
    return hand_of(make.careers_leader())


@pytest.fixture
def books():
    """Thirty students who study two subjects each, and a round of twelve."""
    studying(make.students(30, year=10, group="10A"))
    return make.monitoring_round()


def studying(students, *subjects):
    SubjectStudied.objects.bulk_create(
        SubjectStudied(student=one, academic_year=make.YEAR, subject=subject)
        for one in students
        for subject in subjects or ("History", "Music")
    )


def answers(one, **said):
    return (
        {f"look_{look.code}": "seen" for look in one.round.looks} | {"version": one.version, "words": "A page."} | said
    )


def photo(data=None, name="book.jpg"):
    return SimpleUploadedFile(name, taken_somewhere() if data is None else data, "image/jpeg")


def test_twelve_books_are_drawn_in_three_clicks_and_the_page_says_how_far_it_is(leader):
    studying(make.students(30, year=10, group="10A"))
    assert "/monitoring/new/book_look/" in open_page(leader, "/monitoring/").links
    page = open_page(leader, "/monitoring/new/book_look/")
    said = [pair for pair in page.fields if pair[0] in ("how_many", "looks")]
    assert ("how_many", "12") in said
    answer = leader.post("/monitoring/new/book_look/", {"how_many": 12, "looks": ["link", "use"]})
    made = MonitoringRound.objects.get()
    page = open_page(leader, answer["Location"])
    assert "0 of 12" in page.text and str(made.seed) in page.text
    rows = list(made.observations.all())
    assert len({row.student_id for row in rows}) == 12
    assert sorted(row.subject for row in rows) == ["History"] * 6 + ["Music"] * 6


def test_nothing_to_draw_from_is_said_and_nothing_is_made(leader):
    answer = leader.post("/monitoring/new/book_look/", {"how_many": 12, "looks": ["link"]})
    assert answer.status_code == 422 and "bring in the roll first" in Page(answer).text
    assert not MonitoringRound.objects.exists()


def test_one_is_written_down_with_a_photograph_that_no_longer_says_where_it_was_taken(leader, books):
    one = books.observations.first()
    leader.post(f"/monitoring/seen/{one.key}/", answers(one, photo=photo()))
    page = open_page(leader, f"/monitoring/{books.key}/")
    assert "1 of 12" in page.text and "A page." in page.text
    kept = leader.get(f"/monitoring/seen/{one.key}/photograph/")
    assert kept["Content-Type"] == "image/jpeg" and b"Zzphone" not in kept.content and b"Exif" not in kept.content


@pytest.mark.parametrize("sent", [b"not a picture", b"<svg xmlns='http://www.w3.org/2000/svg'/>", bomb(), b""])
def test_what_is_no_photograph_is_refused_and_what_was_typed_stays(leader, books, sent):
    one = books.observations.first()
    answer = leader.post(f"/monitoring/seen/{one.key}/", answers(one, photo=photo(sent), words="Typed before"))
    assert answer.status_code == 422 and "Typed before" in answer.content.decode()
    one.refresh_from_db()
    assert one.seen_on is None and not ObservationPhoto.objects.exists()


def test_taken_back_its_photograph_is_gone(leader, books):
    one = make.observed(books.observations.first())
    make.photograph(one)
    leader.post(f"/monitoring/seen/{one.key}/take-back/")
    one.refresh_from_db()
    assert one.seen_on is None and one.found == {} and not ObservationPhoto.objects.exists()


def test_with_the_student_everything_seen_of_them_goes(books):
    one = make.observed(books.observations.first())
    make.photograph(one)
    one.student.delete()
    assert not ObservationPhoto.objects.exists() and books.observations.count() == 11


def test_of_two_people_at_once_the_second_is_told(leader, books):
    one = books.observations.first()
    first, second = answers(one, words="First"), answers(one, words="Second")
    assert leader.post(f"/monitoring/seen/{one.key}/", first).status_code == 302
    answer = leader.post(f"/monitoring/seen/{one.key}/", second)
    assert answer.status_code == 422 and "Somebody wrote this down meanwhile" in answer.content.decode()
    one.refresh_from_db()
    assert one.words == "First"
    again = {**second, "version": Page(answer).field("version")}
    assert leader.post(f"/monitoring/seen/{one.key}/", again).status_code == 302


def test_drawn_again_keeps_what_was_seen_and_says_so(leader, books):
    seen = make.observed(books.observations.first())
    leader.post(f"/monitoring/{books.key}/draw/")
    books.refresh_from_db()
    rows = list(Observation.objects.filter(round=books))
    assert books.draws == 2 and len(rows) == 12 and seen in rows and len({row.student_id for row in rows}) == 12
    assert "Drawn 2 times" in open_page(leader, f"/monitoring/{books.key}/").text


def test_a_follow_up_sent_twice_is_one_and_is_done_with_one_tap(leader, books):
    owner = make.adviser().staff
    said = {
        "token": "t1",
        "what": "Name a job in each unit",
        "criterion": "GB4.1",
        "owner": owner.pk,
        "due_on": "19/2/2026",
    }
    for _ in range(2):
        assert leader.post(f"/monitoring/{books.key}/", said).status_code == 302
    one = FollowUp.objects.get()
    assert "1 follow-up to do" in open_page(leader, "/monitoring/").text
    leader.post(f"/monitoring/follow-up/{one.key}/done/")
    assert "Every follow-up is done" in open_page(leader, f"/monitoring/{books.key}/").text
    leader.post(f"/monitoring/follow-up/{one.key}/open/")
    one.refresh_from_db()
    assert one.done_on is None and one.done_by == ""


def test_a_head_of_year_reads_names_of_their_own_year_only_and_opens_nothing_else():
    mine, other = make.student("Mine", "Zzmine", year=10), make.student("Other", "Zzother", year=7)
    studying([mine, other])
    of = make.monitoring_round(how_many=2)
    seen = {
        row.student_id: make.observed(row, words=f"words of {row.student.legal_surname}")
        for row in of.observations.all()
    }
    for row in seen.values():
        make.photograph(row)
    head = make.account("Head of Year 10")
    make.role(head, Role.HEAD_OF_YEAR, "year_group", year_group=10)
    hand = hand_of(head)
    text = hand.get(f"/monitoring/{of.key}/").content.decode()
    assert "Zzmine" in text and "Zzother" not in text and "Year 7" in text
    assert hand.get(f"/monitoring/seen/{seen[mine.pk].key}/photograph/").status_code == 200
    assert hand.get(f"/monitoring/seen/{seen[other.pk].key}/photograph/").status_code == 404
    assert hand.get(f"/monitoring/seen/{seen[mine.pk].key}/").status_code == 404


@pytest.mark.parametrize("who", [make.governor, make.data_manager, make.stranger])
def test_nobody_else_is_told_that_there_is_a_round(books, who):
    one = make.observed(books.observations.first())
    make.photograph(one)
    hand = hand_of(who())
    for url in (
        "/monitoring/",
        f"/monitoring/{books.key}/",
        f"/monitoring/seen/{one.key}/",
        f"/monitoring/seen/{one.key}/photograph/",
    ):
        assert hand.get(url).status_code == 404, url


def test_opening_a_students_book_is_a_reading_of_their_record(leader, books):
    one = books.observations.first()
    leader.get(f"/monitoring/seen/{one.key}/")
    assert Event.objects.filter(verb="read", student_id=one.student_id).count() == 1


def test_what_was_written_is_never_in_the_audit(leader, books):
    one = books.observations.first()
    leader.post(f"/monitoring/seen/{one.key}/", answers(one, words="Zzsentence"))
    assert not any("Zzsentence" in str(event.detail) for event in Event.objects.all())
    assert Event.objects.filter(noun="observation", student_id=one.student_id).count() == 1


def test_whoever_is_asked_to_do_it_sees_it_on_their_home_and_closes_it_there(leader, books):
    tutor = make.form_tutor(make.tutor_group("10B", 10), "Tutor 10B")
    owner = make.staff("Tutor 10B", None)
    owner.account = tutor
    owner.save()
    one = make.follow_up(books, owner)
    hand, other = hand_of(tutor), hand_of(make.form_tutor(make.tutor_group("10C", 10), "Tutor 10C"))
    assert one.what in open_page(hand, "/").text and one.what not in open_page(other, "/").text
    where = f"/monitoring/follow-up/{one.key}/done/"
    assert other.post(where, {"from": "home"}).status_code == 404
    page = Page(hand.post(where, {"from": "home"}, follow=True))
    one.refresh_from_db()
    assert one.done_on == make.TODAY and "1 thing you are asked" not in page.text
    assert f"/monitoring/follow-up/{one.key}/open/" in page.body
    hand.post(f"/monitoring/follow-up/{one.key}/open/")
    assert one.what in open_page(hand, "/").text


def test_a_rounds_file_holds_what_was_seen_and_names_nobody_out_of_reach(leader, books):
    head = make.account("Head of Year 7")
    make.role(head, Role.HEAD_OF_YEAR, "year_group", year_group=7)
    names = {row[0] for row in sheet_of(leader.get(f"/monitoring/{books.key}/export.xlsx"))[1:]}
    assert len(names) == books.observations.count()
    theirs = sheet_of(hand_of(head).get(f"/monitoring/{books.key}/export.xlsx"))[1:]
    assert len(theirs) < len(names)


@pytest.fixture
def mailing(settings):
    settings.EMAIL_HOST = "mail.school.example"
    return settings


def asked_to(books, name="Tutor 10B", **said):
    """Something to do, of a form tutor with an account of their own."""
    owner = make.staff(name, None)
    owner.account = make.form_tutor(make.tutor_group(name[-3:], 10), name)
    owner.save()
    return make.follow_up(books, owner, **said)


def test_whoever_was_asked_is_reminded_once_a_day_by_a_mail_that_gives_nothing_away(leader, books, mailing, mailoutbox):
    one, two = asked_to(books), asked_to(books, "Tutor 10C", what="Zzwhat", due_on=make.TODAY)
    gone = make.follow_up(books, make.staff("Left School", None))
    page = Page(leader.post("/monitoring/remind/", follow=True))
    assert "2 reminded of" in page.text and "2 by e-mail" in page.text and "For 1 whoever was asked cannot" in page.text
    assert {mail.to[0] for mail in mailoutbox} == {one.owner.account.email, two.owner.account.email}
    assert "by 5 Feb 2026" in mailoutbox[0].body and "http://testserver/" in mailoutbox[0].body
    assert not any("Zzwhat" in mail.body for mail in mailoutbox)
    again = Page(leader.post("/monitoring/remind/", follow=True))
    assert "2 had been reminded of today already" in again.text and len(mailoutbox) == 2
    gone.refresh_from_db()
    assert gone.reminded_on is None


class Refusing(BaseEmailBackend):
    def send_messages(self, messages):
        raise SMTPRecipientsRefused({})


def test_a_mail_that_was_not_taken_is_named_stands_beside_it_and_the_daily_job_tries_again(leader, books, mailing):
    mailing.EMAIL_BACKEND = f"{__name__}.Refusing"
    one = asked_to(books, due_on=make.TODAY)
    page = Page(leader.post("/monitoring/remind/", follow=True))
    assert "could not be sent to Tutor 10B" in page.text and "Mail not sent" in page.text
    assert to_remind_of(books.institution, on=make.TODAY + timedelta(days=1)) == (one,)


def test_the_daily_job_reminds_of_what_is_late_or_due_soon_once_a_week(books, mailing, mailoutbox, capsys):
    late = asked_to(books, due_on=make.TODAY - timedelta(days=40))
    asked_to(books, "Tutor 10C", due_on=make.TODAY + timedelta(days=4))
    for _ in range(2):
        remind("https://pathbook.school.example/")
    assert "1 reminded of, 1 written to\n0 reminded of" in capsys.readouterr().out
    (mail,) = mailoutbox
    assert mail.to == [late.owner.account.email] and "https://pathbook.school.example/" in mail.body
    in_a_week = [late in to_remind_of(books.institution, on=make.TODAY + timedelta(days=n)) for n in (6, 7)]
    assert in_a_week == [False, True]
    mailing.EMAIL_HOST = ""
    with pytest.raises(Refused):
        remind("")

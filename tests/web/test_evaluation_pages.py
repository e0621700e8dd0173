"""Stating, showing, freezing and typing through the pages, with bad input and with two people at once."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pathbook.people.models import Institution, Role
from pathbook.records.models import Evidence, EvidenceFile, ReviewNote, Snapshot, Statement
from tests import make
from tests.web.hand import Page, hand_of, open_page

pytestmark = pytest.mark.django_db
ONE = "/evaluation/2025/2025/GB1.1/"
PDF = b"%PDF-1.7 minutes"


@pytest.fixture
def leader():
    return hand_of(make.careers_leader())


@pytest.fixture
def senior():
    someone = make.account("Simon Field")
    make.role(someone, Role.SENIOR_LEADER)
    return hand_of(someone)


def say(hand, answer="met", words="Governors agreed it.", **said):
    return hand.post(ONE, {"answer": answer, "words": words, "before": ""} | said)


def show(hand, **said):
    return hand.post(
        f"{ONE}evidence/", {"kind": "training", "shows": "INSET in September", "expires_on": "2026-08-31"} | said
    )


def test_stated_in_place_and_back_where_it_was_said(leader):
    answer = say(leader, back="on")
    assert answer["Location"] == "/evaluation/?set=2025#GB1.1"
    page = open_page(leader, "/evaluation/")
    assert "Stated: Fully. Governors agreed it." in page.text and "1 of 1 scored criteria met" in page.text
    assert "stated, no evidence yet" in page.text and ONE in page.links


def test_evidence_makes_it_stated_with_evidence_until_it_runs_out(leader):
    say(leader)
    show(leader)
    assert "1 piece of evidence" in open_page(leader, "/evaluation/").text
    make.evidence(until=date(2026, 2, 4))
    assert "Ran out" in open_page(leader, ONE).text


def test_what_is_wrong_is_said_and_nothing_is_kept(leader):
    answer = say(leader, answer="perhaps", words="x" * 301)
    assert answer.status_code == 422
    assert Page(answer).problems == ["Choose one of the answers.", "Shorten the sentence to 300 characters."]
    for said, problem in (
        ({"kind": "link", "link": "javascript:alert(1)"}, "Write the whole address, beginning with https://."),
        ({"kind": "file"}, "Choose the file."),
        ({"kind": "activity"}, "Choose the activity."),
        ({"expires_on": "2026-02-04"}, "This day is over. Say until which day to come it holds."),
        ({"shows": ""}, "Say in a few words what it shows."),
    ):
        answer = show(leader, **said)
        assert answer.status_code == 422 and Page(answer).problems == [problem], said
    assert not Statement.objects.exists() and not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("page.html", b"<script>", "Attach a PDF"),
        ("page.pdf", b"<script>", "Attach a PDF"),
        ("long.pdf", PDF + b"0" * 5_000_000, "This file is larger than 5 MB"),
        ("empty.pdf", b"", "This file is empty"),
    ],
)
def test_a_file_of_another_kind_or_size_is_refused(leader, name, content, problem):
    answer = show(leader, kind="file", file=SimpleUploadedFile(name, content))
    assert answer.status_code == 422 and Page(answer).problems[0].startswith(problem)
    assert not EvidenceFile.objects.exists()


def test_a_file_is_handed_over_to_those_who_may_read_and_to_nobody_else(leader, senior):
    show(leader, kind="file", file=SimpleUploadedFile("../../minutes.pdf", PDF))
    where = f"/evaluation/evidence/{Evidence.objects.get().key}/file/"
    answer = senior.get(where)
    assert answer.getvalue() == PDF and answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="minutes.pdf"'
    assert hand_of(make.governor()).get(where).status_code == 404
    leader.post(where.replace("file/", "take-back/"))
    assert senior.get(where).status_code == 404


def test_of_two_at_once_the_second_sees_what_was_said_and_keeps_what_was_typed(leader):
    say(leader)
    second = hand_of(make.careers_leader("Sam Second"))
    answer = say(second, answer="not_met", words="Not so.")
    page = Page(answer)
    assert answer.status_code == 422 and "stated this criterion meanwhile" in page.problems[0]
    assert page.field("words") == ["Not so."] and page.field("before") == [Statement.objects.get().key]
    assert say(second, answer="not_met", words="Not so.", before=page.field("before")[0]).status_code == 302


def test_taken_back_with_undo(leader):
    say(leader)
    key = Statement.objects.get().key
    page = Page(leader.post(f"/evaluation/statements/{key}/take-back/", follow=True))
    assert "nobody has stated it" in page.text
    leader.post(f"/evaluation/statements/{key}/put-back/")
    assert "stated fully" in open_page(leader, ONE).text


def test_a_senior_leader_reads_and_notes_and_a_governor_sees_the_status_only(leader, senior):
    say(leader)
    make.snapshot()
    assert "Governors agreed it." in open_page(senior, ONE).text
    assert say(senior).status_code == 404
    where = f"/evaluation/snapshots/{Snapshot.objects.get().key}/note/"
    assert senior.post(where, {"words": ""}).status_code == 422
    senior.post(where, {"words": "Year 8 first.", "token": "abcdefghjkmn"})
    senior.post(where, {"words": "Year 8 first.", "token": "abcdefghjkmn"})
    assert ReviewNote.objects.get().words == "Year 8 first."
    governor = hand_of(make.governor())
    page = open_page(governor, "/evaluation/")
    assert "stated, no evidence yet" in page.text and "Governors agreed it." not in page.text and ONE not in page.links
    assert governor.get(ONE).status_code == governor.get("/evaluation/snapshots/").status_code == 404


def test_last_years_criterion_is_read_and_no_longer_stated(leader):
    assert open_page(leader, ONE.replace("2025/2025", "2025/2024")).field("words") == []
    assert leader.post(ONE.replace("2025/2025", "2025/2024"), {"answer": "met", "words": "x"}).status_code == 404


@pytest.mark.parametrize(
    "where",
    [
        "/evaluation/2025/2025/GB6.G1/",
        "/evaluation/2025/2025/GB9.9/",
        "/evaluation/1999/2025/GB1.1/",
        "/evaluation/2025/2027/GB1.1/",
    ],
)
def test_what_is_no_criterion_does_not_exist(leader, where):
    assert leader.get(where).status_code == 404


def test_a_due_day_is_offered_frozen_once_and_compared(leader):
    make.students(2)
    assert "Freeze 31 Dec 2025" in open_page(leader, "/evaluation/snapshots/").text
    for _ in range(2):
        leader.post("/evaluation/snapshots/freeze/", {"which": "due"})
    assert Snapshot.objects.count() == 1
    leader.post("/evaluation/snapshots/freeze/", {"token": "abcdefghjkmn"})
    page = open_page(leader, "/evaluation/snapshots/")
    assert "5 February 2026 against December 2025: no benchmark changed" in page.text


def test_the_sheet_gives_each_answer_with_what_is_behind_it(leader):
    say(leader)
    one = make.student(year=11, group="11A")
    make.participation(one, make.activity(meaningful=True))
    page = open_page(leader, "/evaluation/sheet/")
    assert "trained careers leader in place Yes GB1.1: stated: fully, no evidence" in page.text
    assert "All/every ? Year 11: 100%, 1 of 1" in page.text
    assert "Nothing recorded or stated answers it" in page.text


def test_a_colleges_sheet_goes_by_its_criteria_since_the_tools_questions_were_never_seen(leader):
    Institution.objects.update(kind="college")
    make.student(year=12, group="12A")
    page = open_page(leader, "/evaluation/sheet/")
    assert page.status == 200 and "never seen in print, so each criterion stands here" in page.text
    assert "Benchmark 8" in page.text and "0%, 0 of 1" in page.text


def test_both_sets_stand_side_by_side_on_one_day_and_hide_the_same(leader):
    """Two meet an employer without a checklist: counted in the 2018 set and not in the 2025 one."""
    for one in make.students(2, year=11):
        make.participation(one, make.activity(meaningful=False))
    page = open_page(leader, "/evaluation/?set=both&as_of=2026-02-01")
    assert "2025/26 to 1 Feb 2026" in page.text
    assert page.text.index("GB5.1 Employer encounter this year 0%, 0 of 2") < page.text.index("this year 100%, 2 of 2")
    governor = open_page(hand_of(make.governor()), "/evaluation/?set=both").text
    assert "0 of 2" not in governor and "fewer than 5, hidden" in governor

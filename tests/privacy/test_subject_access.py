"""A student's copy holds everything of theirs and nothing of anybody else's; what names somebody else is set apart."""

import io
import json
import time
import zipfile
import zlib
from datetime import date, timedelta

import pytest
from django.apps import apps
from pypdf import PdfReader

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.exchange.models import ImportRun, ProgrammeRun
from pathbook.needs.models import Dismissal
from pathbook.people.models import FormerName, FormerUpn, GuardianLink, SubjectStudied
from pathbook.people.visibility import command_line
from pathbook.privacy.bundle import HELD_BACK
from pathbook.privacy.reach import family_of, rows_about
from pathbook.privacy.register import register
from pathbook.privacy.subject_access import due, subject_access
from pathbook.records.models import Aspiration, Barrier, Destination, Intention, MeetingDraft, Offer
from tests import make

pytestmark = pytest.mark.django_db
BY = {"recorded_by": "Dan Okafor", "recorded_at": make.NOW}


class Planted:
    """One student with a string of their own in every field of words."""

    def __init__(self, who, adviser):
        self.who, self.strings = who, {}
        say = self.say
        self.student = make.student(
            say("forename"), say("surname"), year=11, group="11A", upn=say("upn"), uln=say("uln"), mis_id=say("mis"),
            middle_names=say("middle"), preferred_forename=say("preferred"), first_language=say("language"),
            ethnicity=say("ethnic")[:10], preferred_surname=say("called"),
        )  # fmt: skip
        one = self.student
        FormerName.objects.create(
            student=one, surname=say("formersur"), forename=say("formerfore"), replaced_on=make.TODAY
        )
        FormerUpn.objects.create(student=one, upn=say("oldupn"))
        SubjectStudied.objects.create(student=one, academic_year=2025, subject=say("subject"))
        took_part = make.participation(one, make.activity())
        took_part.reflection = say("reflection")
        took_part.save()
        told = {name: say(name) for name in ("purpose", "summary", "private_note")}
        self.meeting = make.guidance_meeting(one, adviser=adviser.staff, adviser_name="Dan Okafor", **told)
        make.before(one, say("before"), row=self.meeting.pk)
        make.before(one, say("before_reflection"), of="reflection", row=took_part.pk, field="reflection")
        says = {"window": "w", "said": {"summary": say("draft")}, "others": []}
        MeetingDraft.objects.create(meeting=self.meeting, author_id=adviser.pk, says=says, base=1, **BY)
        make.note_opening(self.meeting, adviser, reason=say("opening"))
        make.action(one, say("action"), evidence=say("evidence"))
        Aspiration.objects.create(student=one, words=say("hope"), said_on=make.TODAY, **BY)
        Barrier.objects.create(student=one, kind="transport", words=say("barrier"), said_on=make.TODAY, **BY)
        Offer.objects.create(student=one, provider=say("college"), course=say("course"), status="offered",
                             on=make.TODAY, **BY)  # fmt: skip
        Intention.objects.create(student=one, recorded_on=make.TODAY, code="int", **BY)
        Destination.objects.create(student=one, as_of=make.TODAY, code="210", source=say("source"), **BY)
        make.guidance_request(one, say("request"), answer=say("answer"), answered_on=make.TODAY)
        make.correction(one, say("correction"), answer=say("answered"), answered_on=make.TODAY, outcome="left")
        Dismissal.objects.create(
            student=one, code="no_guidance", fingerprint="f", reason=say("dismissal"), said_on=make.TODAY,
            until=make.TODAY + timedelta(days=30), **BY,
        )  # fmt: skip
        make.guardian(one, name=f"{say('mother')} Parent")
        make.as_student(one)
        make.as_parent(one, name=say("parentaccount"))

    def say(self, what):
        self.strings[what] = f"C{zlib.crc32(f'{self.who} {what}'.encode()) % 10**8:08}"
        return self.strings[what]


@pytest.fixture
def two():
    adviser = make.adviser("Dan Okafor")
    return Planted("mine", adviser), Planted("other", adviser)


def opened(student):
    school = student.institution
    with zipfile.ZipFile(io.BytesIO(subject_access(student, school, command_line(school), on=make.TODAY))) as pack:
        return {name: pack.read(name) for name in pack.namelist()}


def words(name, said):
    if name.endswith(".pdf"):
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(said)).pages)
    return said.decode()


def test_every_string_of_the_students_is_there_and_none_of_anybody_elses(two):
    mine, other = two
    began = time.monotonic()
    files = {name: words(name, said) for name, said in opened(mine.student).items()}
    assert time.monotonic() - began < 60
    everything = "".join(files.values())
    assert [what for what, said in mine.strings.items() if said not in everything] == []
    assert [what for what, said in other.strings.items() if said in everything] == []


def test_working_notes_and_family_are_apart_and_the_adviser_may_be_named(two):
    mine, _ = two
    files = {name: words(name, said) for name, said in opened(mine.student).items()}
    given = files["record.json"] + files["record.pdf"]
    for what in ("private_note", "draft", "opening", "mother", "parentaccount"):
        assert mine.strings[what] not in given, what
    for what in ("private_note", "draft", "opening"):
        assert mine.strings[what] in files["review/private-notes.json"]
    assert mine.strings["mother"] in files["review/family.json"]
    assert "Dan Okafor" in given and "5 Mar 2026" in files["READ ME FIRST.txt"]


@pytest.mark.parametrize("how", ["with {forename}", "{surname} came", "{mother} rang", "he and {lower}"])
def test_a_text_that_names_somebody_else_is_held_back_and_so_is_the_sheet(two, how):
    mine, other = two
    lower = f"{other.strings['forename']} {other.strings['surname']}".lower()
    text = how.format(**other.strings, lower=lower)
    make.action(mine.student, text)
    files = {name: words(name, said) for name, said in opened(mine.student).items()}
    assert text not in files["record.json"] and HELD_BACK in files["record.json"]
    assert text in files["review/names.json"] and "record.pdf" not in files and "review/record.pdf" in files


def test_small_words_and_staff_are_not_taken_for_names(two):
    mine, _ = two
    make.student("Will", "Okafor", year=11)
    make.action(mine.student, "She will see Dan Okafor")
    assert "review/names.json" not in opened(mine.student)


def test_what_was_read_and_changed_is_told_and_no_secret_is(two):
    mine, other = two
    leader = make.viewer(make.careers_leader())
    record.copied(by=leader, at=make.NOW, students=[other.student.pk], verb=Verb.PRINTED)
    record.reading(by=leader, at=make.NOW, student_id=mine.student.pk)
    said = json.loads(opened(mine.student)["record.json"])
    assert [event["verb"] for event in said["records"]["audit.Event"]] == ["read"]
    assert "password" not in said["records"]["people.Account"][0] and len(said["register"]) == len(register())


def test_every_model_with_something_of_a_student_is_reached(two):
    """By the register: a kind that is a student's or a family's; the last four are searched instead (privacy.copies)."""
    mine, _ = two
    reached = {*rows_about(mine.student), *family_of(mine.student)}
    held = {
        field.rpartition(".")[0] for kind in register() if kind.whose in ("student", "family") for field in kind.fields
    }
    assert held - reached == {"needs.Proposal", "needs.ProposedAnswer", "exchange.ImportRun", "exchange.ProgrammeRun"}
    assert all(apps.get_model(label) for label in reached) and GuardianLink.objects.count() == 2


def test_what_past_imports_and_decisions_keep_of_them_is_in_it_and_nothing_of_anybody_elses(two):
    mine, other = two
    say, says = mine.strings, other.strings
    problems = [
        {"line": 4, "column": "UPN", "value": say["upn"], "message": "It is wrong.", "level": "warning"},
        {"line": 5, "column": "UPN", "value": says["upn"], "message": "It is wrong.", "level": "warning"},
        {
            "line": 6,
            "column": "Surname",
            "value": say["surname"],
            "message": f"As {says['surname']}.",
            "level": "error",
        },
    ]
    undo = {"students": {one.student.pk: {"upn": ["", one.strings["oldupn"]]} for one in two}}
    common = {"institution": make.school(), "problems": problems, **BY}
    ImportRun.objects.create(file_name="roll.csv", academic_year=2025, on=make.TODAY, undo=undo, **common)
    ProgrammeRun.objects.create(
        file_name="past.csv", undo={"parts": [[1, mine.student.pk, {"status": "absent"}]]}, **common
    )
    make.proposal(mine.student, pins=[[mine.student.key, "offerkey"], [other.student.key, "offerkey"]])
    files = {name: words(name, said) for name, said in opened(mine.student).items()}
    told = json.loads(files["record.json"])["records"]
    [run], [past], [proposal] = (
        told[label] for label in ("exchange.ImportRun", "exchange.ProgrammeRun", "needs.Proposal")
    )
    assert run["undo"]["students"] == {"upn": ["", say["oldupn"]]} and run["problems"] == HELD_BACK
    assert past["undo"]["parts"] == [[1, mine.student.pk, {"status": "absent"}]]
    assert proposal["pins"] == [[mine.student.key, "offerkey"]]
    assert says["surname"] in files["review/names.json"] and says["upn"] not in "".join(files.values())
    assert says["oldupn"] not in "".join(files.values())


def test_the_day_to_answer_by_is_a_calendar_month_on():
    assert (due(date(2026, 1, 31)), due(date(2026, 12, 5))) == (date(2026, 2, 28), date(2027, 1, 5))


def test_somebody_who_has_left_gets_every_field_without_the_sheet(two):
    mine, _ = two
    mine.student.enrolments.update(end_date=make.TODAY - timedelta(days=40))
    files = opened(mine.student)
    assert mine.strings["summary"] in files["record.json"].decode() and "record.pdf" not in files
    assert b"no longer on the roll" in files["READ ME FIRST.txt"]

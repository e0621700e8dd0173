"""The open extract holds exactly what is promised, keeps every character, and never leaves half of itself."""

import re
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pathbook.audit import record
from pathbook.audit.models import Event, Verb
from pathbook.exchange.extract.roll import STUDENTS_WITH_NAMES
from pathbook.exchange.extract.tables import TABLES
from pathbook.exchange.extract.write import NotOursError, write_extract
from pathbook.people.visibility import command_line
from pathbook.records.actions import judging
from pathbook.records.models import (
    Action,
    Activity,
    Aspiration,
    Destination,
    Intention,
    MeetingDraft,
    Offer,
    PriorRecord,
)
from tests import make

pytestmark = pytest.mark.django_db
DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "extract.md").read_text(encoding="utf-8")

# product.md, "Extract tables", word for word; where a meeting was held, work placements, and the groups shares are compared by
PROMISED = """
institutions(urn,name,kind,la_code,region) students(student_id,urn)
enrolments(student_id,urn,academic_year,registration,year_group,tutor_group,sen,ehcp,fsm,pupil_premium,looked_after,start_date,end_date)
circumstances(student_id,academic_year,start_date,sex,eal,young_carer,ethnic_group,absence)
subjects(student_id,academic_year,subject)
activities(activity_id,urn,academic_year,kind,also[],start_date,end_date,subject,provider_type,sector,employer,meaningful,technical,criteria[])
participations(student_id,activity_id,status,hours,date)
consents(student_id,activity_id,answer,how,date)
placements(placement_id,student_id,employer,start_date,end_date,approved_date,done_date,called_off_date,days,activity_id)
guidance(student_id,meeting_id,status,booked_date,held_date,minutes,adviser_level,has_summary,nothing_agreed,adviser_id,elsewhere,student_said,student_said_date)
actions(action_id,student_id,meeting_id,owner_role,agreed_date,due_date,closed_date,outcome,has_evidence)
aspirations(student_id,said_date,pathway,soc2020,sector,certainty) intentions(student_id,recorded_date,code)
chosen(student_id,set,criterion,start_date,end_date)
offers(offer_id,student_id,date,status,suitable) destinations(student_id,as_of,code,source) prior_records(student_id,outcome,date)
readings(student_id,reader_role,own_record,read_date)
survey_results(survey_id,urn,template,audience,named,opens_date,closes_date,question,kind,criterion,part,value,answer,number,out_of)
observations(round_id,urn,kind,year_group,subject,look,criterion,result,seen_date)
training(session_id,urn,topic,held_date,came)
staff(staff_id,urn,listed,start_date,end_date) staff_roles(staff_id,role,start_date,end_date) staff_days(staff_id,kind,date)
statements(statement_id,urn,set,academic_year,criterion,answer,said_date)
statement_evidence(urn,set,academic_year,criterion,kind,added_date,expires_date)
"""


def extract(out, names=False, progress=lambda stage, n, total: None):
    school = make.school()
    return write_extract(
        out, school=school, names=names, by=command_line(school), at=make.NOW, progress=progress
    )  # fmt: skip


def rows(out, table, columns="*"):
    return duckdb.sql(f"SELECT {columns} FROM '{out}/{table}.parquet'").fetchall()


def promised():
    said = re.findall(r"(\w+)\(([^)]*)\)", PROMISED)
    return {table: columns.replace("[]", "").split(",") for table, columns in said}


def documented():
    """table -> [(column, type)] as docs/extract.md prints them."""
    parts = re.split(r"^## (\w+)$", DOCUMENT, flags=re.M)
    return {
        name: re.findall(r"^\| (\w+) \| ([A-Z]+(?:\[\])?) \| \S", text, flags=re.M)
        for name, text in zip(parts[1::2], parts[2::2], strict=True)
    }


def test_the_tables_and_columns_are_those_promised(tmp_path):
    make.student()
    extract(tmp_path / "out")
    written = {
        file.stem: [c for c, *_ in duckdb.sql(f"DESCRIBE SELECT * FROM '{file}'").fetchall()]
        for file in (tmp_path / "out").glob("*.parquet")
    }
    assert written == promised()


def test_every_column_is_documented_with_the_type_it_has(tmp_path):
    extract(tmp_path / "out")
    written = {
        file.stem: [(c, kind) for c, kind, *_ in duckdb.sql(f"DESCRIBE SELECT * FROM '{file}'").fetchall()]
        for file in (tmp_path / "out").glob("*.parquet")
    }
    assert written == documented()


def test_the_meanings_in_the_document_are_the_tables_own():
    for table in TABLES:
        for column in table.columns:
            assert f"| {column.name} | {column.type} | {column.meaning} |" in DOCUMENT
    for column in STUDENTS_WITH_NAMES.columns:
        assert f"`{column.name}`" in DOCUMENT or f"| {column.name} |" in DOCUMENT


def test_nobody_is_named_unless_asked(tmp_path):
    someone = make.student("Zebedee", "Quillfeather", upn="A123456789012")
    make.participation(someone, make.activity())
    extract(tmp_path / "out")
    for file in (tmp_path / "out").iterdir():
        held = file.read_bytes()
        if file.suffix == ".parquet":
            held += repr(duckdb.sql(f"SELECT * FROM '{file}'").fetchall()).encode()
        assert b"Zebedee" not in held
        assert b"Quillfeather" not in held
        assert b"A123456789012" not in held
    assert rows(tmp_path / "out", "students") == [(someone.key, make.school().urn)]
    extract(tmp_path / "named", names=True)
    ((key, _, upn, surname, forename, _),) = rows(tmp_path / "named", "students")
    assert (key, upn, surname, forename) == (someone.key, "A123456789012", "Quillfeather", "Zebedee")


@pytest.mark.parametrize(
    "name",
    [
        "O'Driscoll",
        'The "Works", Ltd',
        "\\N",
        "NULL",
        "",
        "line\nand line",
        "a\r\nb",
        "الحسن",
        "a|b",
        " spaced ",
        "=1+1",
        'Łuk\\"asz',
    ],
)
def test_every_character_comes_back(tmp_path, name):
    make.student(surname=name or "-", forename=name)
    extract(tmp_path / "out", names=True)
    ((surname, forename),) = rows(tmp_path / "out", "students", "surname, forename")
    assert (surname, forename) == (name or "-", name)


def test_nothing_is_nothing_and_lists_are_lists(tmp_path):
    someone = make.student()
    activity = make.activity(also=["he_visit"], criteria=["GB5.1", "GB7.1"])
    make.participation(someone, activity)
    make.activity(title="Other", also=[], criteria=[])
    extract(tmp_path / "out")
    found = dict(rows(tmp_path / "out", "activities", "activity_id, [also, criteria]"))
    assert found.pop(activity.key) == [["he_visit"], ["GB5.1", "GB7.1"]]
    assert list(found.values()) == [[[], []]]
    assert rows(tmp_path / "out", "enrolments", "end_date, tutor_group, ehcp") == [(None, "", False)]
    assert rows(tmp_path / "out", "participations", "student_id, activity_id, status") == [
        (someone.key, activity.key, "attended")
    ]


def test_a_withdrawn_activity_is_left_out_with_all_who_took_part(tmp_path):
    someone = make.student()
    taken_out, kept = make.activity(title="Taken out"), make.activity(title="Kept")
    make.participation(someone, taken_out)
    make.participation(someone, kept)
    Activity.objects.filter(pk=taken_out.pk).update(withdrawn_by="Priya", withdrawn_at=make.NOW)
    extract(tmp_path / "out")
    assert rows(tmp_path / "out", "activities", "activity_id") == [(kept.key,)]
    assert rows(tmp_path / "out", "participations", "activity_id") == [(kept.key,)]


def test_guidance_says_that_something_was_written_never_what(tmp_path):
    someone = make.student()
    meeting = make.guidance_meeting(someone, summary="We spoke of boats.", private_note="secret")
    Action.objects.create(
        student=someone, meeting=meeting, what="Read two pages", owner="student", agreed_on=date(2026, 1, 5),
        due_on=date(2026, 2, 1), recorded_by="Dan", recorded_at=make.NOW,
    )  # fmt: skip
    extract(tmp_path / "out")
    ((key, status, has_summary),) = rows(tmp_path / "out", "guidance", "meeting_id, status, has_summary")
    assert (key, status, has_summary) == (meeting.key, "held", True)
    assert rows(tmp_path / "out", "actions", "meeting_id, closed_date, outcome, has_evidence") == [
        (meeting.key, None, "", False)
    ]


def test_each_state_of_a_meeting_comes_out_with_its_days(tmp_path):
    someone = make.student()
    made = {
        "held": make.guidance_meeting(someone, booked_on=date(2025, 12, 10), minutes=45, summary="Boats.", nothing_agreed=True),
        "booked": make.guidance_meeting(someone, status="booked", held_on=None, booked_on=date(2026, 2, 1), summary=""),
        "not_attended": make.guidance_meeting(someone, status="not_attended", held_on=None, booked_on=None, summary=""),
        "cancelled": make.guidance_meeting(someone, status="cancelled", held_on=None, booked_on=date(2026, 1, 2), level=None, summary=""),
    }  # fmt: skip
    MeetingDraft.objects.create(
        meeting=made["booked"],
        author_id=1,
        base=1,
        says={"said": {"summary": "typed"}},
        recorded_by="Dan",
        recorded_at=make.NOW,
    )
    extract(tmp_path / "out")
    found = rows(
        tmp_path / "out",
        "guidance",
        "meeting_id, status, booked_date, held_date, minutes, adviser_level, has_summary, nothing_agreed",
    )
    assert sorted(found) == sorted([
        (made["held"].key, "held", date(2025, 12, 10), date(2026, 1, 14), 45, 6, True, True),
        (made["booked"].key, "booked", date(2026, 2, 1), None, None, 6, False, False),
        (made["not_attended"].key, "not_attended", None, None, None, 6, False, False),
        (made["cancelled"].key, "cancelled", date(2026, 1, 2), None, None, None, False, False),
    ])  # fmt: skip


def test_evidence_is_what_was_attended_a_meeting_or_words_and_nothing_else(tmp_path):
    someone = make.student()
    meeting = make.guidance_meeting(someone)
    part = make.participation(someone, make.activity())
    closed = {"closed_on": date(2026, 2, 1), "outcome": "done"}
    made = {
        "attended": make.action(someone, attended=part, meeting=meeting, **closed),
        "met": make.action(someone, met=meeting, **closed),
        "words": make.action(someone, evidence="Receipt shown", **closed),
        "bare": make.action(someone, **closed),
        "served": make.action(someone, activity=part.activity, owner="other", owner_name="Mum"),
    }
    extract(tmp_path / "out")
    found = {
        key: rest
        for key, *rest in rows(
            tmp_path / "out", "actions", "action_id, has_evidence, outcome, closed_date, meeting_id, owner_role"
        )
    }
    assert {name: found[one.key][0] for name, one in made.items()} == {
        "attended": True, "met": True, "words": True, "bare": False, "served": False}  # fmt: skip
    assert found[made["attended"].key][1:] == ["done", date(2026, 2, 1), meeting.key, "student"]
    assert found[made["served"].key][1:] == ["", None, None, "other"]
    for file in (tmp_path / "out").glob("*.parquet"):
        assert "Receipt shown" not in repr(duckdb.sql(f"SELECT * FROM '{file}'").fetchall())


def test_what_is_hoped_meant_and_come_of_it_keeps_its_history(tmp_path):
    someone, said = make.student(), {"recorded_by": "Dan", "recorded_at": make.NOW}
    first, then = date(2024, 10, 1), date(2025, 11, 3)
    Aspiration.objects.create(student=someone, said_on=first, words="not sure", pathway="undecided", **said)
    Aspiration.objects.create(student=someone, said_on=then, words="paramedic", pathway="university", soc2020="2255",
                              sector="Health and social care", certainty=4, **said)  # fmt: skip
    Intention.objects.create(student=someone, recorded_on=then, code="240", **said)
    Offer.objects.create(student=someone, provider="Harbour", status="offered", on=then, suitable=True, **said)
    Destination.objects.create(student=someone, as_of=then, code="240", source="college list", **said)
    PriorRecord.objects.create(student=someone, outcome="none_held", received_on=first, **said)
    visit = make.activity("Site visit")
    make.consent(someone, visit, "refused", said_by="Ada Canary")
    extract(tmp_path / "out")
    who = someone.key
    assert rows(tmp_path / "out", "aspirations") == [
        (who, first, "undecided", "", "", None),
        (who, then, "university", "2255", "Health and social care", 4),
    ]
    assert rows(tmp_path / "out", "consents") == [(who, visit.key, "refused", "paper", make.TODAY)]
    assert rows(tmp_path / "out", "intentions") == [(who, then, "240")]
    assert rows(tmp_path / "out", "offers", "student_id, date, status, suitable") == [(who, then, "offered", True)]
    assert rows(tmp_path / "out", "destinations") == [(who, then, "240", "college list")]
    assert rows(tmp_path / "out", "prior_records") == [(who, "none_held", first)]


def test_readings_tell_ones_own_record_from_a_tutors_look(tmp_path):
    someone = make.student()
    viewer = make.viewer(make.careers_leader())
    record.reading(by=viewer, at=make.NOW, student_id=someone.pk)
    record.reading(by=viewer, at=make.NOW, student_id=someone.pk, own=True)
    extract(tmp_path / "out")
    found = rows(tmp_path / "out", "readings", "student_id, reader_role, own_record, read_date")
    assert found == [
        (someone.key, "careers_leader", False, make.TODAY),
        (someone.key, "careers_leader", True, make.TODAY),
    ]


def test_another_school_in_the_same_database_is_not_in_it(tmp_path):
    mine, elsewhere = make.student(), make.student(at=make.school("Elsewhere"))
    theirs = make.activity()
    make.participation(elsewhere, theirs)
    Activity.objects.filter(pk=theirs.pk).update(institution=elsewhere.institution)
    extract(tmp_path / "out")
    assert rows(tmp_path / "out", "students", "student_id") == [(mine.key,)]
    assert rows(tmp_path / "out", "participations") == []


def test_the_same_queries_whatever_the_number_of_students(tmp_path):
    def queries(out):
        with CaptureQueriesContext(connection) as seen:
            extract(out)
        return len(seen)

    activity = make.activity()
    make.participation(make.student(), activity)
    few = queries(tmp_path / "few")
    for someone in make.students(40):
        make.participation(someone, activity)
    assert queries(tmp_path / "many") == few


def test_an_export_is_noted_and_of_each_student_that_it_left(tmp_path):
    someone = make.student()
    extract(tmp_path / "out", names=True)
    assert list(Event.objects.filter(noun="student").values_list("verb", "student_id")) == [("exported", someone.pk)]
    event = Event.objects.get(noun="extract")
    assert event.detail["names"] is True
    assert event.detail["rows"]["students"] == 1


def test_an_earlier_extract_is_replaced_whole(tmp_path):
    extract(tmp_path / "out")
    make.student()
    extract(tmp_path / "out")
    assert len(rows(tmp_path / "out", "students")) == 1
    assert [entry.name for entry in tmp_path.iterdir()] == ["out"]


def test_a_folder_with_something_else_in_it_is_refused_and_kept(tmp_path):
    (tmp_path / "homework.txt").write_text("mine")
    with pytest.raises(NotOursError, match="Name a new folder"):
        extract(tmp_path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["homework.txt"]


def test_a_file_in_the_way_is_refused_and_kept(tmp_path):
    (tmp_path / "out").write_text("mine")
    with pytest.raises(NotOursError, match="is a file"):
        extract(tmp_path / "out")
    assert (tmp_path / "out").read_text() == "mine"


def test_an_extract_that_fails_half_way_leaves_the_earlier_one_and_nothing_else(tmp_path):
    someone = make.student()
    extract(tmp_path / "out")
    make.student("Second")

    def stop(stage, n, total):
        if n == 6:
            raise OSError("the disk is full")

    with pytest.raises(OSError, match="the disk is full"):
        extract(tmp_path / "out", progress=stop)
    assert rows(tmp_path / "out", "students", "student_id") == [(someone.key,)]
    assert [entry.name for entry in tmp_path.iterdir()] == ["out"]
    assert Event.objects.filter(verb=Verb.EXPORTED, noun="extract").count() == 1


def test_a_quote_in_the_path_is_only_a_quote(tmp_path):
    make.student()
    extract(tmp_path / "O'Brien's extract")
    assert len(rows(str(tmp_path / "O'Brien's extract").replace("'", "''"), "students")) == 1


def test_a_surveys_figures_are_those_of_its_page_and_what_is_hidden_there_is_not_here(tmp_path):
    before = {"opens_on": make.TODAY - timedelta(days=20), "closes_on": make.TODAY - timedelta(days=5)}
    make.survey_answered(
        {"know_programme": "5", "like_me": "5"}, 14, {"know_programme": "1", "like_me": "4"}, 10, **before
    )
    make.survey()  # open: nothing of it is anywhere
    extract(tmp_path / "out")
    said = {
        (question, part, value, label): (number, out_of)
        for question, part, value, label, number, out_of in rows(
            tmp_path / "out", "survey_results", "question, part, value, answer, number, out_of"
        )
    }
    assert said["know_programme", "all", "", "Agree"] == (14, 24)
    assert said["know_programme", "all", "", "Disagree"] == (10, 24)
    assert all(number == 0 or number >= 5 for number, _ in said.values())


def test_what_was_stated_is_in_it_without_the_words_and_without_what_was_taken_back(tmp_path):
    make.statement("GB1.1", "in_progress")
    make.statement("GB1.1", "met")
    gone = make.statement("GB1.2", "met")
    judging.take_back(row=gone, by=make.viewer(make.careers_leader()), at=make.NOW)
    make.evidence("GB1.1")
    extract(tmp_path / "out")
    said = duckdb.sql(f"SELECT criterion, answer FROM '{tmp_path / 'out' / 'statements.parquet'}'").fetchall()
    assert said == [("GB1.1", "in_progress"), ("GB1.1", "met")]
    shown = duckdb.sql(f"SELECT criterion, kind FROM '{tmp_path / 'out' / 'statement_evidence.parquet'}'").fetchall()
    assert shown == [("GB1.1", "training")]


def test_whom_a_special_school_chose_is_told_with_its_days(tmp_path):
    """Amara and Ben from September; from January only Ben, and Amara for one criterion."""
    amara, ben = make.student("Amara"), make.student("Ben")
    make.cohort(amara, ben, on=date(2025, 9, 9))
    make.cohort(amara, of=("2025", "GB5.1"), on=date(2026, 1, 12))
    make.cohort(ben, on=date(2026, 1, 12))
    extract(tmp_path / "out")
    first, then = date(2025, 9, 9), date(2026, 1, 12)
    assert set(rows(tmp_path / "out", "chosen")) == {
        (amara.key, "", "", first, then), (ben.key, "", "", first, then), (amara.key, "2025", "GB5.1", then, None),
        (ben.key, "", "", then, None),
    }  # fmt: skip

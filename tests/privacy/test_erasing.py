"""An erased student is nowhere: not in a row, a page of the database, a file or a backup; and every total is as it was."""

import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, models

from pathbook import __version__
from pathbook.audit import chain, record
from pathbook.audit.models import Event, Verb
from pathbook.exchange.backup import back_up
from pathbook.exchange.extract.tables import TABLES
from pathbook.exchange.models import ImportRun, ProgrammeRun
from pathbook.people.models import Account, Erasure, Guardian, GuardianLink, RoleHeld, Student
from pathbook.people.visibility import command_line
from pathbook.privacy.elsewhere import _fields_of_others, mentions_of
from pathbook.privacy.elsewhere_of_many import mentions_of_many
from pathbook.privacy.erasing import INSTEAD, REPLACED, erase
from pathbook.privacy.forgetting_notes import forget_notes
from pathbook.privacy.register import ERASED, erased, register
from pathbook.privacy.traces import wipe
from pathbook.records.models import (
    Action,
    EmployerForm,
    GuidanceMeeting,
    Intention,
    MeetingDraft,
    NoteOpening,
    PriorRecord,
)
from pathbook.reports.coverage import coverage_of
from pathbook.reports.evaluation import evaluation_of
from pathbook.reports.gap import gap_for
from pathbook.reports.loop import loop_for
from pathbook.uptake.models import SurveyComment
from tests import make
from tests.privacy.test_subject_access import BY, Planted
from tests.web.hand import hand_of
from tests.web.test_every_role import WORDS

pytestmark = pytest.mark.django_db
DAYS = (date(2025, 10, 20), date(2026, 1, 20), make.TODAY)


def erase_now(*students, why="request", reason="Asked in writing."):
    school = students[0].institution
    with_reason = reason if why == "request" else ""
    return erase(students=students, school=school, why=why, reason=with_reason, by=command_line(school), at=make.NOW)


@pytest.fixture
def two():
    adviser = make.adviser("Dan Okafor")
    return Planted("mine", adviser), Planted("other", adviser)


def everywhere():
    """Every value of every table, as text."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        return "\n".join(repr(cursor.execute(f'SELECT * FROM "{name}"').fetchall()) for name in names)


CODES = {"subject"}  # Planted writes one into a field that is a code of the school's: it stays, to be counted


def test_no_word_of_theirs_is_left_in_any_row_and_anothers_are_all_there(two):
    mine, other = two
    before = everywhere()
    assert all(said in before for said in mine.strings.values()), "planted"
    assert erase_now(mine.student) == [mine.student.pk]
    left = everywhere()
    assert {what for what, said in mine.strings.items() if said in left} - CODES == set()
    assert [what for what, said in other.strings.items() if said not in left] == []


def test_every_field_of_words_that_a_page_shows_is_emptied_replaced_or_removed(two):
    """By the list that the page tests hold, so that a new field of words cannot be kept by an oversight."""
    assert [field for field in WORDS if erased()[field] not in ("blank", "replace", "remove")] == []


def test_every_field_says_what_erasure_does_and_its_column_lets_it():
    personal = {name for kind in register() for name in kind.fields}
    assert (personal - set(erased()), set(erased()) - personal) == (set(), set()), "say it in privacy/data/erased.csv"
    assert set(erased().values()) <= set(ERASED)
    for name, answer in erased().items():
        label, _, field = name.rpartition(".")
        column = apps.get_model(label)._meta.get_field(field)
        if answer == "blank":
            assert column.null or isinstance(column, (models.CharField, models.TextField)), name
        if answer in ("replace", "theirs") and name not in INSTEAD:
            assert isinstance(column, (models.CharField, models.TextField)), name
            assert (column.max_length or 100) >= len(REPLACED), name
    rows = {}
    for name, answer in erased().items():
        rows.setdefault(name.rpartition(".")[0], set()).add(answer)
    assert [label for label, said in rows.items() if "remove" in said and len(said) > 1] == [], "a row goes whole"


FORGOTTEN = {"circumstances"}  # sex and ethnicity go with the student: of groups compared by them, one fewer is counted


def totals(school):
    """Every published figure, on several days and by both sets, and every row of the extract without names."""
    found = {}
    for day in DAYS:
        for set_id in ("2025", "2018"):
            found["evaluation", set_id, day] = evaluation_of(school, set_id=set_id, as_of=day)
            found["coverage", set_id, day] = coverage_of(school, set_id=set_id, as_of=day)
        found["loop", day] = (loop_for(school, as_of=day), gap_for(school, as_of=day))
    kept = [table for table in TABLES if table.name not in FORGOTTEN]
    return found | {table.name: sorted(map(repr, table.rows_on(school, make.TODAY))) for table in kept}


def a_school_year():
    """Twelve students who took part, met an adviser, agreed and did; two of them are to go."""
    people = make.students(12, year=11, group="11A", sen="K", date_of_birth=date(2009, 9, 9), ethnicity="WBRI")
    fair = make.activity()
    visit = make.activity("Visit", "he_visit", date(2025, 11, 3))
    for n, one in enumerate(people):
        make.participation(one, fair, "absent" if n % 5 == 0 else "attended")
        make.participation(one, visit)
        meeting = make.guidance_meeting(one, on=date(2025, 12, 1) + timedelta(days=n), summary="Said" * (n % 2))
        make.action(one, meeting=meeting, evidence="Seen" * (n % 3 == 0), agreed_on=date(2025, 12, 14))
        make.action(one, meeting=meeting, closed_on=date(2026, 1, 20), outcome="done", closed_by=one.name)
        make.aspiration(one, "Construction", "apprenticeship", words="Bricks")
        Intention.objects.create(student=one, recorded_on=date(2025, 10, 1), code="app", **BY)
        PriorRecord.objects.create(student=one, outcome="received", received_on=date(2025, 10, 1), **BY)
        record.reading(by=make.viewer(make.as_student(one)), at=make.NOW, student_id=one.pk, own=True)
    return people


def test_every_published_total_is_as_it_was():
    people = a_school_year()
    school = make.school()
    before = totals(school)
    erase_now(people[3], people[7])
    assert totals(school) == before
    assert len(before["coverage", "2025", make.TODAY]) == 12 and len(before["guidance"]) == 12


def test_the_audit_stays_whole_and_holds_no_word(two):
    mine, _ = two
    erase_now(mine.student, reason="Asked by letter, twice.")
    said = str(list(Event.objects.values()))
    assert chain.broken() is None and "by letter" not in said and not any(one in said for one in mine.strings.values())
    [event] = Event.objects.filter(noun="personal data")
    assert (event.verb, event.student_id, event.detail) == (Verb.REMOVED, mine.student.pk, {"why": "request"})


def test_their_sign_in_ends_at_once_and_cannot_be_used_again(two):
    mine, other = two
    account = Account.objects.get(roles__student=mine.student, roles__role="student")
    account.set_password("a long enough password")
    account.save()
    browser, others = (
        hand_of(account),
        hand_of(Account.objects.get(roles__student=other.student, roles__role="student")),
    )
    assert browser.get("/me/").status_code == 200
    erase_now(mine.student)
    assert browser.get("/me/").status_code == 302 and others.get("/me/").status_code == 200
    account.refresh_from_db()
    assert not account.is_active and not account.has_usable_password() and account.email.endswith("@erased.invalid")
    assert not RoleHeld.objects.filter(student=mine.student).exists()


def test_a_parent_with_another_child_and_a_student_who_works_here_keep_their_accounts():
    first, second, worker = make.student("Ada"), make.student("Ben"), make.student("Cy")
    parent = make.as_parent(first, second, name="Pat Parent")
    guardian = make.guardian(first, name="Pat Parent")
    GuardianLink.objects.create(guardian=guardian, student=second, starts_on=make.TODAY)
    here = make.as_student(worker)
    make.role(here, "form_tutor", "tutor_group", tutor_group=make.tutor_group("10B"))
    erase_now(first, worker)
    parent.refresh_from_db()
    here.refresh_from_db()
    assert parent.is_active and parent.name == "Pat Parent" and here.is_active
    assert list(Guardian.objects.values_list("name", flat=True)) == ["Pat Parent"]
    assert not RoleHeld.objects.filter(student__in=[first, worker]).exists()


def test_somebody_who_wrote_as_the_student_is_named_no_more_and_staff_still_are():
    one = make.student("Amara", "Ode")
    make.action(one, closed_by="Amara Ode", closed_on=make.TODAY, outcome="done")
    make.action(one, closed_by="Tom Whitlock", closed_on=make.TODAY, outcome="done")
    erase_now(one)
    assert list(Action.objects.order_by("pk").values_list("closed_by", flat=True)) == [REPLACED, "Tom Whitlock"]


def test_an_opened_note_stays_counted_with_who_opened_it(two):
    mine, _ = two
    before = NoteOpening.objects.count()
    erase_now(mine.student)
    one = NoteOpening.objects.get(meeting__student=mine.student)
    assert NoteOpening.objects.count() == before and one.reason == REPLACED and one.account.name == "Dan Okafor"


def test_a_second_run_changes_nothing(two):
    mine, _ = two
    erase_now(mine.student)
    before = everywhere()
    assert erase_now(mine.student) == [] and everywhere() == before


def test_past_imports_keep_nothing_of_them_and_all_of_the_others(two):
    mine, other = two
    say = mine.strings
    problems = [
        {"line": 4, "column": "UPN", "value": say["upn"], "message": "It is wrong.", "level": "warning"},
        {"line": 4, "column": "Birth date", "value": "1 Jan 2010", "message": "It is wrong.", "level": "warning"},
        {"line": 5, "column": "Surname", "value": other.strings["surname"], "message": "Twice.", "level": "error"},
        {"line": None, "column": "", "value": "", "message": f"{say['surname']} is there twice.", "level": "error"},
    ]
    enrolment = mine.student.enrolments.get()
    undo = {
        "made": {"Student": [mine.student.pk]},
        "students": {mine.student.pk: {"upn": ["", say["upn"]]}, other.student.pk: {"upn": ["", other.strings["upn"]]}},
        "enrolments": {enrolment.pk: {"ethnicity": ["", say["ethnic"]]}},
    }
    common = {"institution": make.school(), "problems": problems, **BY}
    ImportRun.objects.create(file_name=f"{say['surname']}.csv", academic_year=2025, on=make.TODAY, undo=undo, **common)
    ProgrammeRun.objects.create(file_name="past.csv", **common)
    erase_now(mine.student)
    left = everywhere()
    assert [what for what, said in say.items() if said in left and what not in CODES] == [] and "1 Jan 2010" not in left
    run = ImportRun.objects.get()
    assert run.problems[2] == problems[2] and list(run.undo["students"]) == [str(other.student.pk)]


def test_words_that_others_wrote_name_them_no_more_neither_on_the_page_nor_in_the_file():
    gone = make.student("Amara", "Zzcanary", year=11, group="11A")
    make.students(5)
    make.employer_form(make.activity(), comment="Zzcanary did well, Mr Xu said.")
    survey = make.survey(is_named=False)
    SurveyComment.objects.create(survey=survey, question="better", words="Zzcanary was unkind, kept as typed.")
    make.answered(survey, gone, {"better": "Zzcanary was unkind."})
    assert SurveyComment.objects.filter(words="[name] was unkind.").exists(), "taken out as it is kept"
    erase_now(gone)
    assert "Zzcanary" not in "".join([*SurveyComment.objects.values_list("words", flat=True)])
    assert EmployerForm.objects.get().comment == "[name] did well, Mr Xu said."


def test_it_is_said_before_where_others_records_name_them_and_nothing_there_is_rewritten():
    her, him = make.student("Zoë", "Quillfeather-Ames"), make.student("Ben", "Bodkin", upn="H801200001002")
    met = make.guidance_meeting(him, summary="Ben wants to work with zoe quillfeather-ames one day.")
    make.action(him, what="Ask Quillfeather-Ames senior about the farm.")
    make.guidance_meeting(her, summary="Zoë Quillfeather-Ames said it herself.")
    make.action(him, what="Think about zoe, and ames.")
    found = mentions_of(her, her.institution)
    assert [(one.place, one.whose, one.on, one.sure) for one in found] == [
        ("Guidance meeting: summary", "UPN H801200001002", met.held_on, True),
        ("Action: what", "UPN H801200001002", found[1].on, False),
    ]
    officer = hand_of(make.officer())
    page = officer.get(f"/requests/erase/{her.key}/").content.decode()
    assert "stands in 2 other places, and stays" in page and "wants to work" not in page and "Bodkin" not in page
    erase_now(her)
    met.refresh_from_db()
    assert met.summary.endswith("zoe quillfeather-ames one day.")


def test_before_all_who_are_due_go_it_is_said_where_others_records_name_them_and_each_other_does_not_count():
    left = {"academic_year": 2019, "end_date": date(2020, 7, 17), "year": 11, "group": "11A"}
    zoe, may = (
        make.student("Zoë", "Quillfeather-Ames", **left),
        make.student("May", "Green", upn="H801200001009", **left),
    )
    ben = make.student("Ben", "Bodkin", upn="H801200001002")
    met = make.guidance_meeting(ben, summary="He liked zoe quillfeather-ames’s farm; in May he saw the Green.")
    make.action(ben, what="Write to GREEN May, UPN h801200001009.")
    make.guidance_meeting(zoe, summary="Zoë came with May Green.")
    found = mentions_of_many([zoe, may], zoe.institution)
    assert {pk: [(one.place, one.whose, one.sure) for one in said] for pk, said in found.items()} == {
        zoe.pk: [("Guidance meeting: summary", "UPN H801200001002", True)],
        may.pk: [("Action: what", "UPN H801200001002", True)],
    }
    officer = hand_of(make.officer())
    assert "/requests/due/named/" in officer.get("/requests/due/").content.decode()
    page = officer.get("/requests/due/named/").content.decode()
    assert "2 of 2 are named" in page and "liked" not in page and "Bodkin" not in page
    met.refresh_from_db()
    assert "farm" in met.summary


def test_every_field_of_words_about_others_is_read_for_the_name():
    """By the list that the page tests hold."""
    searched = {f"{model._meta.label}.{name}" for model, names in _fields_of_others().items() for name in names}
    words = {field for field in WORDS if not field.startswith("people.")}
    assert words - searched == set()


def test_working_notes_go_sooner_and_what_was_shared_stays(two):
    mine, other = two
    assert forget_notes(students=[mine.student], by=command_line(make.school()), at=make.NOW) == 1
    left = everywhere()
    for what in ("private_note", "draft", "opening"):
        assert mine.strings[what] not in left and other.strings[what] in left
    assert mine.strings["summary"] in left and mine.strings["surname"] in left
    assert GuidanceMeeting.objects.filter(private_note="").count() == 1 and MeetingDraft.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_no_file_holds_a_word_of_theirs_and_no_fresh_backup_does(two, tmp_path):
    mine, other = two
    GuidanceMeeting.objects.filter(student=mine.student).update(summary=f"{mine.strings['surname']} {'x' * 9000}")
    GuidanceMeeting.objects.filter(student=mine.student).update(summary=mine.strings["summary"])
    Action.objects.filter(student=mine.student).first().delete()  # leaves its words in a freed page
    database = Path(connection.settings_dict["NAME"])
    waiting = tmp_path / "uploads" / "abcd"
    waiting.mkdir(parents=True)
    (waiting / "file").write_text(mine.strings["surname"])
    erase_now(mine.student)
    assert wipe(tmp_path)
    held = database.read_bytes() + Path(f"{database}-wal").read_bytes()
    assert {what for what, said in mine.strings.items() if said.encode() in held} - CODES == set()
    assert [what for what, said in other.strings.items() if said.encode() not in held] == []
    assert not waiting.exists()
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "pathbook.sqlite3").symlink_to(database)
    back_up(folder, tmp_path / "b.zip", settings={}, version=__version__, at=make.NOW)
    with zipfile.ZipFile(tmp_path / "b.zip") as pack:
        copied = pack.read("pathbook.sqlite3")
    assert {what for what, said in mine.strings.items() if said.encode() in copied} - CODES == set()
    assert Erasure.objects.count() == 1 and Student.objects.get(pk=mine.student.pk).name == "Erased student"

"""Erasing from the command line: said first, agreed to, done once; and again after an older backup is put back."""

import re
import sqlite3

import pytest


@pytest.fixture
def school(pathbook, tmp_path):
    assert pathbook("init", "--name", "Marlow High", "--urn", 123456).returncode == 0
    (tmp_path / "roll.csv").write_text(
        "Admission No,UPN,Surname,Forename,DOB,Year,Reg\n"
        "1,H801200001001,Quillfeather,Amara,13/05/2010,11,11A\n2,H801200001002,Bodkin,Ben,13/06/2010,11,11A\n"
    )
    assert pathbook("import", "students", tmp_path / "roll.csv").returncode == 0
    return tmp_path / "school"


def held(folder):
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


ASKED = ("erase", "H801200001001", "--reason", "Asked in writing.")


def test_it_says_what_goes_and_stays_and_asks_before_it_does(pathbook, school):
    done = pathbook(*ASKED)  # nobody answers
    assert done.returncode == 1 and "did not type ERASE" in done.stderr
    for words in ("Amara Quillfeather", "ON ROLL today", "Goes, for good", "Stays", "duty to keep", "no undo"):
        assert words in done.stdout, words
    assert len(done.stdout.splitlines()) < 24, "one screen"
    assert b"Quillfeather" in held(school)


def test_nothing_of_them_is_left_in_the_folder_and_a_second_run_finds_nobody(pathbook, school):
    done = pathbook(*ASKED, "--yes")
    assert done.returncode == 0 and "Erased: 1 student." in done.stdout, done.stderr
    everything = held(school)
    for words in (b"Quillfeather", b"Amara", b"H801200001001", b"2010-05-13"):
        assert words not in everything, words
    assert b"Bodkin" in everything and "sound" in pathbook("check").stdout
    again = pathbook(*ASKED, "--yes")
    assert again.returncode == 1 and "no student has the number" in again.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("erase", "H801200001001", "--yes"), "say why with --reason"),
        (("erase", "H801200001001", "--yes", "--reason", "Quillfeather asked."), "the reason names the student"),
        (("erase", "999", "--yes", "--reason", "Asked."), "no student has the number 999"),
        (("erase", "--again", "nowhere.txt"), "is no list of erasures"),
    ],
)
def test_a_refusal_says_what_to_do_and_changes_nothing(pathbook, school, words, said):
    done = pathbook(*words)
    assert done.returncode == 1 and said in done.stderr and b"Quillfeather" in held(school)


def test_it_is_one_student_or_the_due_or_a_list(pathbook, school):
    assert pathbook("erase").returncode == 2 and pathbook("erase", "1", "--due").returncode == 2


def test_the_due_are_told_by_key_and_a_dry_run_changes_nothing(pathbook, school):
    with sqlite3.connect(school / "pathbook.sqlite3") as db:
        db.execute(
            "UPDATE people_enrolment SET academic_year = 2019, start_date = '2019-09-01', end_date = '2020-07-15'"
            " WHERE student_id = (SELECT id FROM people_student WHERE legal_surname = 'Quillfeather')"
        )
    dry = pathbook("erase", "--due", "--dry-run")
    assert "1 student due" in dry.stdout and "Nothing was changed" in dry.stdout and "Amara" not in dry.stdout
    assert b"Quillfeather" in held(school)
    done = pathbook("erase", "--due", "--yes")
    assert done.returncode == 0 and b"Quillfeather" not in held(school) and b"Bodkin" in held(school), done.stderr
    assert "0 students due" in pathbook("erase", "--due", "--yes").stdout


def test_an_older_backup_put_back_is_erased_again_from_the_list(pathbook, school, tmp_path):
    assert pathbook("backup", tmp_path / "old.zip").returncode == 0
    assert pathbook(*ASKED, "--yes").returncode == 0
    ledger = school / "pathbook-erasures.txt"
    assert (
        re.fullmatch(r"# .*\n\d{4}-\d\d-\d\d [a-z2-9]{12}\n", ledger.read_text()) and ledger.stat().st_mode & 0o077 == 0
    )
    told = pathbook("restore", tmp_path / "old.zip", data=tmp_path / "without")
    assert "named again until you run" in told.stdout and b"Quillfeather" in held(tmp_path / "without")
    back = pathbook("restore", tmp_path / "old.zip", "--erasures", ledger, data=tmp_path / "with")
    assert back.returncode == 0 and "Erased: 1 student." in back.stdout, back.stderr
    assert b"Quillfeather" not in held(tmp_path / "with") and b"Bodkin" in held(tmp_path / "with")
    later = pathbook("erase", "--again", ledger, data=tmp_path / "without")
    assert later.returncode == 0 and b"Quillfeather" not in held(tmp_path / "without"), later.stderr

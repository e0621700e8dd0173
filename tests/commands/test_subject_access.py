"""One student's copy from the command line: written for its owner alone, and noted."""

import sqlite3
import zipfile


def test_it_is_written_noted_and_says_when_to_answer(pathbook, tmp_path):
    pathbook("init", "--name", "Marlow High", "--urn", 123456)
    (tmp_path / "roll.csv").write_text(
        "Admission No,UPN,Surname,Forename,DOB,Year,Reg\n1,H801200001001,Ode,Amara,13/05/2010,11,11A\n"
    )
    assert pathbook("import", "students", tmp_path / "roll.csv").returncode == 0
    out = tmp_path / "amara.zip"
    made = pathbook("subject-access", "h801200001001", "--out", out)
    assert made.returncode == 0 and "Answer by" in made.stdout and out.stat().st_mode & 0o077 == 0, made.stderr
    with zipfile.ZipFile(out) as pack:
        assert b"Amara" in pack.read("record.json")
    with sqlite3.connect(tmp_path / "school/pathbook.sqlite3") as school:
        noted = school.execute("SELECT student_id FROM audit_event WHERE verb = 'exported'").fetchall()
    assert len(noted) == 1 and noted[0][0] is not None


def test_an_unknown_number_is_refused_and_nothing_is_written(pathbook, tmp_path):
    pathbook("init", "--name", "Marlow High", "--urn", 123456)
    made = pathbook("subject-access", "H801200001001", "--out", tmp_path / "x.zip")
    assert made.returncode == 1 and "no student has the number" in made.stderr and not (tmp_path / "x.zip").exists()

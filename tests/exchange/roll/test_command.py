"""`pathbook import` as a person runs it: exit codes, the promised JSON, two at once, and a kill half-way."""

import json
import os
import shutil
import sqlite3
import time

import pytest

from tests import warm
from tests.exchange.roll.school import AMARA, BO, HEAD, THREE, file_of

BIG = HEAD + "".join(
    f"{n:06},,Name{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)},Given,23/0{n % 9 + 1}/2011,10,10{chr(65 + n % 6)},N,\n"
    for n in range(3000)
)


class Folder:
    def __init__(self, path):
        self.path = path
        self.env = {k: v for k, v in os.environ.items() if not k.startswith("PATHBOOK")} | {
            "PATHBOOK_TODAY": "2026-02-05"
        }

    def start(self, *words):
        return warm.start(*words, "--data", self.path, env=self.env)

    def __call__(self, *words):
        return self.start(*words).wait(120)

    def rows(self, table):
        with sqlite3.connect(self.path / "pathbook.sqlite3") as db:
            return db.execute(f"select count(*) from {table}").fetchone()[0]


@pytest.fixture(scope="session")
def begun(tmp_path_factory):
    folder = Folder(tmp_path_factory.mktemp("begun") / "school")
    assert folder("init", "--name", "Marlow High", "--urn", 123456).returncode == 0
    return folder


@pytest.fixture
def pathbook(tmp_path, begun):
    """A school of the test's own: the one that was begun, copied."""
    shutil.copytree(begun.path, tmp_path / "school")
    return Folder(tmp_path / "school")


def test_the_json_is_as_promised_and_undo_takes_it_back(pathbook, tmp_path):
    file = file_of(tmp_path, THREE + "0004,,Bad,Ben,23/05/2011,42,10B,,\n")
    dry = json.loads(pathbook("import", "students", file, "--dry-run", "--json").stdout)
    assert list(dry) == ["applied", "new", "changed", "same", "leaving", "problems", "import_id"]
    assert (dry["applied"], dry["new"], dry["import_id"]) == (False, 3, None)
    assert pathbook.rows("people_student") == 0
    ran = pathbook("import", "students", file, "--json")
    said = json.loads(ran.stdout)
    assert ran.returncode == 0 and (said["applied"], said["new"]) == (True, 3)
    assert said["problems"][0] | {"message": ""} == {
        "line": 5,
        "column": "Year",
        "value": "42",
        "message": "",
        "level": "error",
    }
    again = json.loads(pathbook("import", "students", file, "--json").stdout)
    assert (again["new"], again["changed"], again["same"]) == (0, 0, 3)
    undone = pathbook("import", "undo", said["import_id"])
    assert undone.returncode == 0 and pathbook.rows("people_student") == 0, undone.stderr


@pytest.mark.parametrize("words, text, said", [
    (["--strict"], THREE + "0004,,Bad,Ben,23/05/2011,42,10B,,\n", "line 5, Year"),
    ([], b"%PDF-1.4", "is a PDF document"),
    ([], "Surname,Forename\nOde,Amara\n", "the year group"),
    ([], HEAD + BO, "--dates dmy or --dates mdy"),
    (["--format", "spreadsheet"], THREE, "Use one of"),
    (["--dates", "ymd"], THREE, "dmy (day first)"),
    (["--map", "nowhere.json"], THREE, "is not a mapping"),
])  # fmt: skip
def test_a_refusal_is_one_line_and_changes_nothing(pathbook, tmp_path, words, text, said):
    refused = pathbook("import", "students", file_of(tmp_path, text), *words)
    assert refused.returncode == 1 and refused.stdout == ""
    assert refused.stderr.count("\n") == 1 and said in refused.stderr
    assert pathbook.rows("people_student") == 0


def test_wrong_usage_is_two_and_an_unknown_import_one(pathbook):
    assert pathbook("import", "students").returncode == 2
    assert pathbook("import", "students", "x.csv", "--nonsense").returncode == 2
    assert pathbook("import", "undo", "nothere").returncode == 1


def test_a_mapping_file_names_the_columns(pathbook, tmp_path):
    mapping = tmp_path / "map.json"
    mapping.write_text('{"Nom": "surname", "Prenom": "forename", "Classe": "year_group"}')
    file = file_of(tmp_path, "Nom,Prenom,Classe\nOde,Amara,10\n")
    assert pathbook("import", "students", file).returncode == 1
    assert json.loads(pathbook("import", "students", file, "--map", mapping, "--json").stdout)["new"] == 1


def test_the_human_words_say_what_happened(pathbook, tmp_path):
    said = pathbook("import", "students", file_of(tmp_path, HEAD + AMARA)).stdout
    assert "1 new" in said and "pathbook import undo" in said


def test_two_imports_at_the_same_moment_are_one_and_then_the_same(pathbook, tmp_path):
    file = file_of(tmp_path, BIG)
    both = [pathbook.start("import", "students", file, "--json") for _ in range(2)]
    said = sorted((json.loads(one.wait(120).stdout) for one in both), key=lambda s: s["new"])
    assert [one.returncode for one in both] == [0, 0]
    assert [(s["new"], s["same"]) for s in said] == [(0, 3000), (3000, 0)]
    assert pathbook.rows("people_student") == pathbook.rows("people_enrolment") == 3000


def test_a_kill_half_way_leaves_all_or_nothing(pathbook, tmp_path):
    """Ten moments from before the transaction to after it."""
    file = file_of(tmp_path, BIG)
    seen = set()
    for n in range(10):
        running = pathbook.start("import", "students", file, "--json")
        time.sleep(0.1 + n * 0.12)
        running.kill()
        running.wait(10)
        students, enrolments = pathbook.rows("people_student"), pathbook.rows("people_enrolment")
        runs, events = pathbook.rows("exchange_importrun"), pathbook.rows("audit_event where noun = 'student'")
        assert students == enrolments == events and students in (0, 3000) and (runs > 0) == (students > 0)
        seen.add(students)
        if students:
            break
    done = json.loads(pathbook("import", "students", file, "--json").stdout)
    assert done["new"] + done["same"] == 3000
    assert "is sound" in pathbook("check").stdout

"""What a school asks of those who sign in, from the command line."""

import sqlite3


def asks(tmp_path):
    with sqlite3.connect(tmp_path / "school/pathbook.sqlite3") as school:
        return school.execute("SELECT staff_second_step FROM people_institution").fetchone() == (1,)


def test_a_new_school_asks_staff_for_a_second_step_until_it_is_turned_off(pathbook, tmp_path):
    pathbook("init", "--name", "Marlow High", "--urn", 123456)
    assert asks(tmp_path)
    assert "password alone" in pathbook("sign-in", "second-step", "off").stdout and not asks(tmp_path)
    pathbook("sign-in", "second-step", "on")
    assert asks(tmp_path)
    with sqlite3.connect(tmp_path / "school/pathbook.sqlite3") as school:
        noted = school.execute("SELECT count(*) FROM audit_event WHERE noun = 'second step of staff'").fetchone()
    assert noted == (2,)


def test_anything_but_on_or_off_is_wrong_usage(pathbook):
    assert pathbook("sign-in", "second-step", "perhaps").returncode == 2

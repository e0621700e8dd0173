"""Who forgot their password gets a link from whoever runs the server; nobody else's address gives one."""

import re
import sqlite3


def test_a_link_is_printed_for_a_known_address_and_noted(pathbook, tmp_path):
    pathbook("init", "--name", "Marlow High", "--urn", 123456, "--email", "ada@school.example")
    made = pathbook("link", "Ada@School.example", "--port", 8123)
    assert made.returncode == 0, made.stderr
    assert re.search(r"http://127\.0\.0\.1:8123/sign-in/link/\S+/", made.stdout)
    with sqlite3.connect(tmp_path / "school/pathbook.sqlite3") as school:
        noted = school.execute("SELECT actor_name FROM audit_event WHERE noun = 'sign-in link'").fetchall()
    assert noted == [("command line",)]


def test_an_unknown_address_or_no_school_is_refused_in_a_sentence(pathbook):
    assert "no school yet" in pathbook("link", "ada@school.example").stderr
    pathbook("init", "--name", "Marlow High", "--urn", 123456)
    refused = pathbook("link", "nobody@school.example")
    assert refused.returncode == 1 and "nobody signs in with" in refused.stderr
    assert "/sign-in/link/" not in refused.stdout

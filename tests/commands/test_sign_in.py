"""What a school asks of those who sign in, from the command line."""

import json
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


def test_single_sign_on_is_noted_beside_the_secret_and_nowhere_readable(pathbook, tmp_path):
    pathbook("init", "--name", "Marlow High", "--urn", 123456)
    done = pathbook("sign-in", "sso", "microsoft", "--tenant", "1234-abcd", "--client-id", "me", "--secret", "quiet")
    assert done.returncode == 0 and "/sign-in/with/school/back/" in done.stdout and "quiet" not in done.stdout
    file = tmp_path / "school/pathbook.json"
    assert json.loads(file.read_text())["sign_on"]["issuer"] == "https://login.microsoftonline.com/1234-abcd/v2.0"
    assert file.stat().st_mode & 0o077 == 0
    pathbook("sign-in", "sso", "off")
    assert json.loads(file.read_text())["sign_on"] == {}


def test_a_provider_that_would_vouch_for_anybody_is_refused(pathbook):
    pathbook("init", "--name", "Marlow High", "--urn", 123456)
    for words, why in (
        (("microsoft", "--tenant", "common"), "any Microsoft account"),
        (("microsoft",), "any Microsoft account"),
        (("google",), "any Google account"),
        (("other", "--issuer", "http://login.school.example"), "https://"),
        (("google", "--domain", "school.example"), "--client-id"),
    ):
        refused = pathbook("sign-in", "sso", *words)
        assert refused.returncode == 1 and why in refused.stderr, words

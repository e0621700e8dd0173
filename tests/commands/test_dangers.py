"""Each dangerous way to run it is refused before anything is served, in a sentence that says what to do."""

import json
import os

import pytest


@pytest.fixture
def school(pathbook, tmp_path):
    pathbook("init", "--name", "Marlow High", "--urn", 123456)
    return tmp_path / "school"


def served(pathbook, *words):
    """Were nothing wrong it would serve, and this would wait: the port is one nobody may have."""
    return pathbook("serve", "--port", 1, *words)


@pytest.fixture
def told(monkeypatch):
    def tell(**said):
        for name, value in said.items():
            monkeypatch.setenv(name, value)

    return tell


def both_refuse(pathbook, why):
    for refused in (pathbook("check"), served(pathbook)):
        assert refused.returncode == 1 and why in refused.stderr, refused.stderr
        assert refused.stderr.count("\n") == 1


@pytest.mark.parametrize("secret", ["short", "a" * 60, "django-insecure-" + "abcdefghijklmnop" * 3])
def test_a_secret_that_can_be_guessed(pathbook, school, secret):
    file = school / "pathbook.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"secret_key": secret}))
    both_refuse(pathbook, "secret in pathbook.json can be guessed")


def test_a_folder_that_others_can_read(pathbook, school):
    os.chmod(school, 0o755)
    both_refuse(pathbook, "chmod -R go=")
    os.chmod(school, 0o700)
    assert pathbook("check").returncode == 0


def test_any_host_name(pathbook, school, told):
    told(PATHBOOK_HOSTS="*")
    both_refuse(pathbook, "any name through")


def test_https_with_no_name_to_be_reached_by(pathbook, school, told):
    told(PATHBOOK_HTTPS="1")
    both_refuse(pathbook, "no name to be reached by")
    told(PATHBOOK_HOSTS="pathbook.school.example")
    assert pathbook("check").returncode == 0


def test_single_sign_on_in_the_clear(pathbook, school):
    file = school / "pathbook.json"
    on = {"name": "x", "issuer": "http://login.school.example", "client_id": "a", "secret": "b"}
    file.write_text(json.dumps(json.loads(file.read_text()) | {"sign_on": on}))
    both_refuse(pathbook, "plain http")


def test_a_network_address_without_tls(pathbook, school):
    refused = served(pathbook, "--host", "0.0.0.0")
    assert refused.returncode == 1 and "unprotected" in refused.stderr and "PATHBOOK_HTTPS=1" in refused.stderr

"""Looking changes nothing but the audit; nothing looked at is kept by a browser; no log line holds what was written."""

import logging

import pytest
from django.db import connection
from django.test import Client

from pathbook.people.models import Role
from tests.web.test_every_page import PAGES, address
from tests.web.test_every_role import WORDS, canary, cast, opened

pytestmark = pytest.mark.django_db
__all__ = ["cast"]
MAY_CHANGE = {"audit_event", "django_session", "sqlite_sequence"}  # who looked, and that they are still signed in


def everything():
    with connection.cursor() as cursor:
        names = [n for n in connection.introspection.table_names(cursor) if n not in MAY_CHANGE]
        return {name: cursor.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}


@pytest.mark.parametrize("who", [Role.CAREERS_LEADER, Role.ADVISER, Role.IT_ADMIN, Role.DPO, Role.DATA_MANAGER])
def test_no_get_changes_what_is_kept(cast, who):
    client = Client(raise_request_exception=False)
    client.force_login(cast.people[who])  # signing in itself notes when
    before = everything()
    for name in PAGES:
        client.get(address(name, cast, cast.mine))
        assert everything() == before, name


@pytest.mark.parametrize("who", [Role.CAREERS_LEADER, Role.GOVERNOR])
def test_every_answer_asks_not_to_be_kept_and_may_not_be_framed(cast, who):
    for name in PAGES:
        answer = opened(cast, who, name)
        assert "no-store" in answer["Cache-Control"], name
        assert "default-src 'none'" in answer["Content-Security-Policy"] and answer["X-Frame-Options"] == "DENY", name


def test_no_log_line_holds_words_about_a_student_or_a_way_in(cast, caplog):
    caplog.set_level(logging.DEBUG)
    for who in (Role.CAREERS_LEADER, Role.ADVISER, Role.GOVERNOR, Role.STUDENT):
        for name in PAGES:
            opened(cast, who, name)
    opened(cast, Role.CAREERS_LEADER, "students").client.get(f"/students/?q={canary('people.Student.legal_surname')}")
    lines = [record.getMessage() for record in caplog.records if record.name != "django.db.backends"]
    assert lines, "refusals are logged"
    assert [line for line in lines for field in WORDS if canary(field) in line] == []
    assert not any("sessionid" in line or "csrftoken" in line for line in lines)

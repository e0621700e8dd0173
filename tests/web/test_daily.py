"""The first page of the day notes the audit's head outside the school's folder; no page waits on it or fails by it."""

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse
from django.test import RequestFactory

from pathbook import clock
from pathbook.audit import chain, heads, record
from pathbook.web.daily import note_the_audits_head
from tests import make

pytestmark = pytest.mark.django_db


def opened(times=1):
    answer = note_the_audits_head(lambda request: HttpResponse("page"))
    return [answer(RequestFactory().get("/")).content for _ in range(times)]


def test_once_a_day_and_again_after_a_restart_not_twice(settings, tmp_path):
    settings.PATHBOOK_AUDIT_HEAD_DIR = str(tmp_path)
    record.reading(by=record.Someone(1, "Ada", ""), at=make.NOW, student_id=1)
    assert opened(3) == [b"page"] * 3
    opened(2)
    [line] = heads.noted((tmp_path / heads.FILE).read_text())
    assert line.head == chain.head() and line.at.date() == clock.today()


def test_each_day_has_its_line(settings, tmp_path):
    settings.PATHBOOK_AUDIT_HEAD_DIR = str(tmp_path)
    opened()
    settings.PATHBOOK_TODAY = settings.PATHBOOK_TODAY.replace(day=6)
    opened()
    assert len(heads.noted((tmp_path / heads.FILE).read_text())) == 2


def test_a_page_is_answered_though_nothing_can_be_noted(settings, tmp_path):
    settings.PATHBOOK_AUDIT_HEAD_DIR = str(tmp_path / "no such folder")
    assert opened(2) == [b"page"] * 2


def test_where_no_folder_is_named_there_is_nothing_to_do():
    with pytest.raises(MiddlewareNotUsed):
        opened()

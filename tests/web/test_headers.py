"""What every answer carries: a strict policy and no copies left behind."""

import re

import pytest
from django.test import Client

from tests import make

pytestmark = pytest.mark.django_db


def test_every_answer_has_the_strict_policy_and_is_not_kept():
    client = Client()
    client.force_login(make.careers_leader())
    for path in ("/", "/students/", "/nowhere/", "/sign-in/", "/health/"):
        answer = client.get(path)
        policy = answer["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy and "*" not in policy and "data:" not in policy
        assert answer["Cache-Control"] == "no-store" or "no-cache" in answer["Cache-Control"]
        assert answer["X-Frame-Options"] == "DENY"


def test_no_page_has_anything_the_policy_would_refuse():
    client = Client()
    client.force_login(make.careers_leader())
    make.student()
    for path in (
        "/",
        "/students/",
        "/coverage/",
        "/evaluation/",
        "/activities/",
        "/activities/log/",
        "/gallery/",
        "/help/",
    ):
        body = client.get(path).content.decode()
        assert not re.search(r"\sstyle=", body), path
        assert not re.search(r"\son[a-z]+=", body), path
        assert not re.search(r"<script(?![^>]*\ssrc=)", body), path
        assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", body), path

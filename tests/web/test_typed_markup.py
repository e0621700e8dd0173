"""Whatever a person types stays text: no page runs it, in any field, for any reader."""

from datetime import date

import pytest
from django.urls import reverse

from pathbook.people.models import Institution
from pathbook.records.models import Action, Activity, Aspiration
from tests import make
from tests.web.hand import Page, hand_of, open_page

pytestmark = pytest.mark.django_db
BAD = """<script>alert(1)</script><img src=x onerror=alert(2)>"'>{{ 7 }}{% debug %}"""
RAW = ("<script>alert", "<img src=x", "\"'><", BAD)


def typed(mark):
    """Something with markup in it, told apart by where it was typed."""
    return f"{mark}{BAD}"


@pytest.fixture
def school():
    """A school in which every word anybody may type is markup."""
    Institution.objects.filter(pk=make.school().pk).update(name=typed("school"))
    here = Institution.objects.get()
    form = make.tutor_group("<b>10B", at=here)
    someone = make.student(
        typed("fore"), typed("sur"), group=form.name, at=here, preferred_forename=typed("pref"), upn="<b>UPN"
    )
    make.student("Other", "Plain", group=form.name, at=here)
    provider = make.Provider.objects.create(institution=here, name=typed("provider"), kind="employer")
    fair = Activity.objects.create(
        institution=here, title=typed("title"), kind="employer_encounter", starts_on=date(2025, 10, 8),
        ends_on=date(2025, 10, 8), academic_year=2025, provider=provider, subject=typed("subject"),
        sector=typed("sector"), recorded_by=typed("by"), recorded_at=make.NOW,
    )  # fmt: skip
    make.participation(someone, fair)
    planned = Activity.objects.get(pk=fair.pk)
    planned.pk, planned.key, planned.starts_on = None, "abcdefghjkmn", date(2026, 3, 3)
    planned.ends_on = planned.starts_on
    planned.save()
    meeting = make.guidance_meeting(
        someone, adviser_name=typed("adviser"), summary=f"line\n{typed('summary')}", purpose=typed("purpose")
    )
    Action.objects.create(
        student=someone, meeting=meeting, what=typed("action"), owner="student", agreed_on=make.TODAY,
        due_on=make.TODAY, recorded_by="t", recorded_at=make.NOW,
    )  # fmt: skip
    Aspiration.objects.create(
        student=someone, said_on=make.TODAY, words=typed("hope"), recorded_by="t", recorded_at=make.NOW
    )
    make.group(typed("club"), at=here)
    make.Membership.objects.create(student=someone, group=make.Group.objects.get(), starts_on=date(2025, 9, 1))
    make.Staff.objects.create(institution=here, name=typed("staff"), level=6)
    leader, tutor = make.careers_leader(typed("leader"), at=here), make.form_tutor(form, typed("tutor"))
    governor = make.account(typed("governor"))
    make.role(governor, "governor", at=here)
    return {"leader": leader, "tutor": tutor, "governor": governor, "student": someone, "fair": fair}


def addresses(school):
    key, fair = school["student"].key, school["fair"].key
    return [
        "/", "/students/", f"/students/?q={BAD}", f"/students/?group={BAD}&gap={BAD}&sort={BAD}&who={BAD}",
        "/students/?left", f"/students/{key}/", f"/students/{key}/guidance/", f"/students/{key}/benchmarks/",
        f"/students/{key}/access/", "/activities/", f"/activities/?year={BAD}&show={BAD}", f"/activities/{fair}/",
        f"/activities/{fair}/edit/", "/activities/log/", "/coverage/", f"/coverage/?group={BAD}&gap={BAD}&as_of={BAD}&set={BAD}",
        f"/coverage/{key}/GB5.1/", f"/coverage/{key}/GB8.1a/", "/evaluation/", f"/evaluation/?set={BAD}&as_of={BAD}",
        f"/guidance/record/?student={key}", "/set-up/", "/set-up/people/", "/set-up/password/", "/import/", "/help/",
    ]  # fmt: skip


def is_only_text(answer, where):
    page = Page(answer)
    assert page.would_run == [], where
    for raw in RAW:
        at = page.body.find(raw)
        assert at < 0, (where, raw, page.body[max(0, at - 200) : at + 80])


@pytest.mark.parametrize("who", ["leader", "tutor", "governor"])
def test_no_page_runs_what_somebody_typed(school, who):
    client = hand_of(school[who])
    opened = 0
    for url in addresses(school):
        answer = client.get(url)
        assert answer.status_code in (200, 302, 404), (url, answer.status_code)
        is_only_text(answer, (who, url))
        opened += answer.status_code == 200
    assert opened >= {"leader": 22, "tutor": 15, "governor": 7}[who], opened


@pytest.mark.parametrize(
    ("url", "marks"),
    [
        ("/students/{key}/", ["pref", "title", "adviser", "hope", "action"]),
        ("/students/{key}/guidance/", ["summary", "purpose", "adviser", "action"]),
        ("/activities/{fair}/", ["title", "provider", "pref"]),
        ("/activities/{fair}/edit/", ["title", "provider", "subject", "sector"]),
        ("/activities/", ["title", "provider", "subject"]),
        ("/coverage/{key}/GB5.1/", ["pref", "title"]),
        ("/set-up/people/", ["leader", "tutor"]),
        ("/guidance/record/?student={key}", ["pref", "staff"]),
        ("/activities/log/", ["club"]),
        ("/", ["school", "title", "leader"]),
    ],
)
def test_what_was_typed_is_still_readable_on_its_page(school, url, marks):
    """Escaped, not swallowed: otherwise the test above could pass on empty pages."""
    page = open_page(hand_of(school["leader"]), url.format(key=school["student"].key, fair=school["fair"].key))
    readable = page.text + " ".join(value for _, value in page.fields)
    for mark in marks:
        assert f"{mark}<script>alert(1)</script>" in readable, mark


def test_a_notice_and_an_error_repeat_it_as_text(school):
    leader, fair = hand_of(school["leader"]), school["fair"]
    answer = leader.post(reverse("activity-take-out", args=[fair.key]))
    noted = leader.get(answer.url)
    assert "title<script>" in Page(noted).notes[0]
    is_only_text(noted, "notice")
    for url in ("/activities/log/who-came/", "/set-up/people/", f"/guidance/record/?student={school['student'].key}"):
        names = ("title", "kind", "starts_on", "whom", "hours", "capacity", "provider", "subject", "sector", "also", "who",
                 "checklist", "name", "email", "role", "tutor_group", "held_on", "adviser_name", "adviser_level",
                 "minutes", "purpose", "summary", "token")  # fmt: skip
        refused = leader.post(url, dict.fromkeys(names, BAD))
        assert refused.status_code == 422, url
        is_only_text(refused, url)


def test_the_second_step_carries_what_was_typed_as_text(school):
    leader = hand_of(school["leader"])
    said = {
        "title": typed("new"),
        "kind": "other",
        "starts_on": "2025-11-11",
        "whom": "year:10",
        "provider": typed("firm"),
    }
    answer = leader.post("/activities/log/who-came/", said)
    assert answer.status_code == 200
    is_only_text(answer, "who came")
    page = Page(answer)
    assert page.field("title") == [said["title"]] and page.field("provider") == [said["provider"]]
    saved = leader.post("/activities/log/save/", dict(page.fields))
    assert Activity.objects.get(title=said["title"]).provider.name == said["provider"]
    is_only_text(leader.get(saved.url), "saved")

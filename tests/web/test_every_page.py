"""Every address, every role: who gets a page, who gets nothing, and that nothing gives a hidden student away.

Addresses come from the resolver: one that is not in the table fails the build.
"""

import io
import zipfile
from contextlib import contextmanager

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver
from pypdf import PdfReader

from pathbook.people.models import Institution, Role, SubjectStudied
from pathbook.uptake.actions.survey_codes import codes_to_hand_out
from tests import make
from tests.web.hand import sheet_of

pytestmark = pytest.mark.django_db

LEADER, TUTOR, GOVERNOR, MANAGER, STRANGER, ANYONE = "leader", "tutor", "governor", "manager", "stranger", "anyone"
STAFF = {LEADER, TUTOR, GOVERNOR, MANAGER}

# address name -> who gets an answer to GET (200); everyone else with a role gets 404, the stranger 404, anyone sign-in
PAGES = {
    "home": STAFF,
    "help": STAFF,
    "health": {*STAFF, STRANGER, ANYONE},
    "privacy": {*STAFF, STRANGER, ANYONE},
    "accessibility": {*STAFF, STRANGER, ANYONE},
    "gallery": STAFF,
    "account": STAFF,
    "mfa_index": STAFF,
    "mfa_list_webauthn": STAFF,
    "students": {LEADER, TUTOR, MANAGER},
    "student": {LEADER, TUTOR, MANAGER},
    "student-guidance": {LEADER, TUTOR},
    "student-benchmarks": {LEADER, TUTOR},
    "student-access": {LEADER},
    "student-next": {LEADER, TUTOR},
    "next-steps": {LEADER, TUTOR},
    "offers": {LEADER, TUTOR},
    "leavers": {LEADER, TUTOR},
    "at-risk": {LEADER, TUTOR},
    "at-risk-csv": {LEADER, TUTOR},
    "at-risk-xlsx": {LEADER, TUTOR},
    "outcomes": {LEADER, TUTOR},
    "outcomes-csv": {LEADER, TUTOR},
    "outcomes-xlsx": {LEADER, TUTOR},
    "authority": {LEADER},
    "authority-schema": {LEADER},
    "next-codes": {LEADER, TUTOR},
    "leavers-csv": {LEADER, TUTOR},
    "leavers-xlsx": {LEADER, TUTOR},
    "activities": STAFF,
    "activity": STAFF,
    "log-activity": {LEADER, TUTOR},
    "activity-edit": {LEADER},
    "programme": STAFF,
    "programme-calendar": STAFF,
    "programme-copy": {LEADER},
    "plan-activity": {LEADER},
    "term-dates": {LEADER},
    "exam-days": {LEADER},
    "consent": {LEADER, TUTOR},
    "placements": {LEADER, TUTOR},
    "placements-csv": {LEADER, TUTOR},
    "placements-xlsx": {LEADER, TUTOR},
    "placement": {LEADER, TUTOR},
    "placements-begin": {LEADER},
    "placement-host": {LEADER},
    "hosts": {LEADER},
    "host": {LEADER},
    "my-placement": set(),
    "propose-placement": set(),
    "my-host": set(),
    "my-placement-day": set(),
    "my-placement-reflect": set(),
    "placement-thanks": {*STAFF, STRANGER, ANYONE},
    "places": {LEADER},
    "capacity": {LEADER},
    "proposal": {LEADER},
    "places-progress": {LEADER},
    "place-by-hand": {LEADER},
    "coverage": {LEADER, TUTOR},
    "coverage-cell": {LEADER, TUTOR},
    "evaluation": {LEADER, GOVERNOR},
    "workplace-days": {LEADER, TUTOR},
    "institution-kind": {LEADER},
    "chosen": set(),  # of special schools and colleges only
    "pass-rule": {LEADER},
    "criterion": {LEADER},
    "evidence-file": {LEADER},
    "snapshots": {LEADER},
    "typing-sheet": {LEADER},
    "forecast": {LEADER},
    "what-if": {LEADER},
    "hope": {LEADER},
    "demand": {LEADER, TUTOR},
    "demand-of": {LEADER, TUTOR},
    "use": {LEADER, GOVERNOR},
    "use-pdf": {LEADER, GOVERNOR},
    "charts": {LEADER, GOVERNOR},
    "years-svg": {LEADER, GOVERNOR},
    "nation": {LEADER, GOVERNOR},
    "equity": {LEADER, GOVERNOR},
    "provider-access": {LEADER, GOVERNOR},
    "loop": {LEADER, GOVERNOR},
    "actions": {LEADER, TUTOR},
    "action": {LEADER, TUTOR},
    "agree-action": {LEADER},
    "change-action": {LEADER},
    "me": set(),
    "my-record": set(),
    "my-plan": set(),
    "my-wish": set(),
    "ask-for-guidance": set(),
    "something-is-wrong": set(),
    "my-readers": set(),
    "my-record-pdf": set(),
    "take-it-with-me": set(),
    "my-record-file": set(),
    "reflect": set(),
    "family": set(),
    "child": set(),
    "answers": {LEADER},
    "whiteboard": {TUTOR},
    "tutor-check": {TUTOR},
    "reading": {LEADER},
    "one-reader": {LEADER},
    "one-reader-csv": {LEADER},
    "one-reader-xlsx": {LEADER},
    "kept-about-me": STAFF,
    "leave-whiteboard": STAFF,
    "sheets": STAFF,
    "parents-evening": {LEADER, TUTOR},
    "records-pdf": {LEADER, TUTOR},
    "record-pdf": {LEADER, TUTOR},
    "record-file": {LEADER},
    "leavers-zip": {LEADER},
    "tutor-group-pdf": {LEADER, TUTOR},
    "reviews-pdf": {LEADER, TUTOR},
    "governors-pdf": {LEADER, GOVERNOR},
    "year-pdf": {LEADER},
    "website-statement": {LEADER},
    "access-policy": {LEADER},
    "appointments": {LEADER},
    "missed-meetings": {LEADER},
    "slots-week": {LEADER},
    "offer-slots": {LEADER},
    "closures": {LEADER},
    "book-meeting": {LEADER},
    "move-meeting": {LEADER},
    "cancel-meeting": {LEADER},
    "not-attended": {LEADER},
    "no-next-meeting": {LEADER},
    "calendars": {LEADER},
    "calendar-feed": {*STAFF, STRANGER, ANYONE},
    "record-meeting": {LEADER},
    "write-up": {LEADER},
    "write-up-needs": {LEADER},
    "needs": {LEADER, TUTOR},
    "needs-rules": {LEADER, TUTOR},
    "student-needs": {LEADER, TUTOR},
    "audit": set(),
    "notes-opened": set(),
    "requests": set(),
    "my-sharing": set(),
    "child-sharing": set(),
    "student-sharing": {LEADER, MANAGER},
    "erase-student": set(),
    "due": set(),
    "due-named": set(),
    "papers": set(),
    "paper": set(),
    "notice": STAFF,
    "working-note": {LEADER},
    "set-up": STAFF,
    "staff": {LEADER},
    "safeguarding": {LEADER},
    "one-account": {LEADER},
    "codes": {LEADER},
    "families": {LEADER, MANAGER},
    "school-classes": {LEADER, MANAGER},
    "one-class": {LEADER, MANAGER},
    "access-review": {LEADER},
    "password": STAFF,
    "surveys": {LEADER, GOVERNOR},
    "survey-results": {LEADER, GOVERNOR},
    "survey-results-csv": {LEADER, GOVERNOR},
    "survey-results-xlsx": {LEADER, GOVERNOR},
    "survey": {LEADER},
    "survey-preview": {LEADER},
    "survey-new": {LEADER},
    "survey-change": {LEADER},
    "survey-own": {LEADER},
    "survey-codes": {LEADER},
    "survey-waiting-csv": {LEADER},
    "survey-waiting-xlsx": {LEADER},
    "survey-said": {LEADER},
    "monitoring": {LEADER},
    "monitoring-csv": {LEADER},
    "monitoring-xlsx": {LEADER},
    "round-csv": {LEADER},
    "round-xlsx": {LEADER},
    "training-csv": {LEADER},
    "training-xlsx": {LEADER},
    "training-who-csv": {LEADER},
    "training-who-xlsx": {LEADER},
    "reading-csv": {LEADER},
    "reading-xlsx": {LEADER},
    "round-new": {LEADER},
    "round": {LEADER},
    "observation": {LEADER},
    "observation-photograph": {LEADER},
    "training": {LEADER},
    "training-who": {LEADER},
    "training-new": {LEADER},
    "training-session": {LEADER},
    "answer": STAFF,
    "answer-thanks": STAFF,
    "say": {*STAFF, STRANGER, ANYONE},
    "say-code": {*STAFF, STRANGER, ANYONE},
    "say-thanks": {*STAFF, STRANGER, ANYONE},
    "students-csv": {LEADER, TUTOR, MANAGER},
    "students-xlsx": {LEADER, TUTOR, MANAGER},
    "coverage-csv": {LEADER, TUTOR},
    "coverage-xlsx": {LEADER, TUTOR},
    "actions-csv": {LEADER, TUTOR},
    "actions-xlsx": {LEADER, TUTOR},
    "workplace-days-csv": {LEADER, TUTOR},
    "workplace-days-xlsx": {LEADER, TUTOR},
    "loop-csv": {LEADER, GOVERNOR},
    "loop-xlsx": {LEADER, GOVERNOR},
    "access-review-csv": {LEADER},
    "access-review-xlsx": {LEADER},
    "needs-csv": {LEADER, TUTOR},
    "needs-xlsx": {LEADER, TUTOR},
    "forecast-csv": {LEADER},
    "forecast-xlsx": {LEADER},
    "programme-csv": STAFF,
    "programme-xlsx": STAFF,
    "evaluation-csv": {LEADER, GOVERNOR},
    "evaluation-xlsx": {LEADER, GOVERNOR},
    "activities-csv": STAFF,
    "activities-xlsx": STAFF,
    "proposal-csv": {LEADER},
    "proposal-xlsx": {LEADER},
    "capacity-csv": {LEADER},
    "capacity-xlsx": {LEADER},
    "missed-meetings-csv": {LEADER},
    "missed-meetings-xlsx": {LEADER},
    "demand-csv": {LEADER, TUTOR},
    "demand-xlsx": {LEADER, TUTOR},
    "use-csv": {LEADER, GOVERNOR},
    "use-xlsx": {LEADER, GOVERNOR},
    "imports": {LEADER, MANAGER},
    "past": {LEADER},
    "records-in": {LEADER, MANAGER},
}
# These only take a POST: a GET is refused (405) to those who may, and to everyone else is not found or refused too.
ACTS = {
    "sign-out", "sign-in-link", "log-who", "log-who-came", "log-save", "activity-correct", "activity-undo",
    "activity-take-out", "activity-put-back", "take-back-meeting", "end-role", "note-seen", "access-reviewed", "printed", "class-members", "end-class",
    "past-confirm", "past-undo", "past-drop", "parents-evening-codes", "end-family", "restore-family", "cancel-family-codes",
    "ask-employer", "end-employer-form", "take-employer-answer",
    "undo-copy", "keep-template", "drop-template", "end-exams", "undo-dates", "set-budget", "make-programme-feed", "end-programme-feed", "invite", "keep-lists",
    "record-confirm", "record-undo", "record-drop", "record-distrust",
    "keep-for", "subject-access", "erase-due", "withdraw-objection", "dismiss-need", "restore-need", "add-barrier", "ease-barrier", "plan-review", "hold-review", "add-offer",
    "take-back-slots", "undo-slots", "end-closure", "undo-closure", "book-list", "undo-booking", "make-calendar", "end-calendar",
    "places-limit", "places-decide", "places-again", "places-confirm", "places-undo",
    "start-write-up", "undo-hope", "occupations-meant", "keep-draft", "drop-draft", "undo-write-up",
    "set-active", "end-sessions", "forget-second-step", "start-reset",
    "close-actions", "remind-actions", "reopen-actions", "open-action",
    "my-action-done", "my-action-undo", "my-meeting-happened", "my-meeting-undo", "answer-wrong", "answer-request",
    "understood", "undo-understood", "turn-on-whiteboard", "my-goal-on-board",
    "consent-undo", "answer-consent",
    "placements-send", "placements-done", "placements-approve", "placements-undo-approve", "placements-undo-begin", "placements-undo-done", "placement-approve", "placement-unapprove",
    "placement-call-off", "placement-call-on", "placement-end-form", "answer-placement",
    "survey-release", "survey-close", "survey-again", "survey-remind",
    "attach-evidence", "take-back-statement", "put-back-statement", "take-back-evidence", "put-back-evidence",
    "freeze", "add-review-note", "take-back-review-note", "take-back-chosen", "take-back-rule",
    "undo-next-steps", "make-authority-file",
    "ask-to-read", "log-lesson", "undo-lesson",
    "round-draw", "monitoring-remind", "observation-take-back", "follow-up-done", "follow-up-open", "training-take-out", "training-put-back",
}  # fmt: skip
# The way in and what makes it safe: they send people on from page to page, which tests/web/test_sign_in.py walks.
DOORS = {
    "sign-in", "account_login", "mfa_authenticate", "mfa_login_webauthn", "account_reset_password",
    "account_reset_password_done", "account_reset_password_from_key_done", "account_reset_password_from_key",
    "account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_activate_totp",
    "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_add_webauthn",
    "mfa_remove_webauthn", "join-code", "join", "join-family", "employer-form", "placement-form", "openid_connect_login", "openid_connect_callback", "not-let-in", "account_inactive",
    "socialaccount_login_cancelled",
}  # fmt: skip
# Acts on one's own account, open to whoever is signed in.
OWN = {"wear", "tour-away", "end-session", "end-other-sessions"}
CANARY = "Zzcanary"


@pytest.fixture
def cast():
    class Cast:
        mine = make.student("Mine", "Ownform", year=10, group="10B", sen="E")
        other = make.student("Other", CANARY, year=10, group="10C")
        elsewhere = make.student("Elsewhere", CANARY, year=10, group="10B", at=make.school("Other School"))
        activity = make.activity(asks_consent=True)
        people = {
            LEADER: make.careers_leader(),
            TUTOR: make.form_tutor(make.tutor_group("10B")),
            GOVERNOR: make.governor(),
            MANAGER: make.data_manager(),
            STRANGER: make.stranger(),
        }

    make.participation(Cast.mine, Cast.activity)
    make.participation(Cast.other, Cast.activity)
    make.consent(Cast.other, Cast.activity, said_by=f"Parent of {CANARY}")
    make.guidance_meeting(Cast.other, summary="canary-summary", private_note="canary-private")
    dan = make.adviser().staff
    slots = [make.slot(dan, make.at(make.TODAY, hour)) for hour in (14, 15, 16)]
    booked = {"status": "booked", "planned_on": make.TODAY, "adviser": dan}
    Cast.placement = make.placement(Cast.mine)
    Cast.host = make.host()
    make.placement(Cast.other, named_host=CANARY)
    Cast.booked = make.guidance_meeting(Cast.mine, slot=slots[0], **booked)
    make.guidance_meeting(Cast.other, slot=slots[1], **booked)
    make.guidance_meeting(Cast.other, status="not_attended", planned_on=make.TODAY, reason="canary-summary")
    Cast.feed, Cast.taught = make.calendar_feed(adviser=dan), make.taught()
    Cast.evidence = make.evidence_file()
    Cast.proposal = make.proposal(Cast.mine)
    Cast.meeting = make.guidance_meeting(Cast.mine, summary="own summary", private_note="canary-private")
    Cast.action = make.action(Cast.mine)
    make.action(Cast.other, f"{CANARY} action")
    ask(Cast)
    look(Cast)
    return Cast


def look(cast, words="One page of it"):
    """A book look that drew Mine, written down with a photograph and a follow-up; and a training session."""
    SubjectStudied.objects.create(student=cast.mine, academic_year=make.YEAR, subject="History")
    by, staff = make.viewer(next(iter(cast.people.values()))), make.staff("Anna Looker", None)
    cast.round = make.monitoring_round(by=by)
    cast.observation = make.observed(cast.round.observations.get(), words=words, by=by)
    make.photograph(cast.observation)
    cast.follow_up, cast.training = make.follow_up(cast.round, staff), make.training(who=[staff])


def ask(cast, said="5"):
    """A survey of staff under names, with a code; and one of students that Mine has answered."""
    by = make.viewer(next(iter(cast.people.values())))
    cast.survey = make.survey("staff", is_named=True, by=by)
    cast.code = codes_to_hand_out(
        1, label="Staff", year_group=None, token="sheet", survey=cast.survey, by=by, at=make.NOW
    )[0].code
    cast.named = make.survey("next_step", by=by)
    make.answered(cast.named, cast.mine, {"next_step": said}, by=by)


def client_of(cast, who):
    client = Client(raise_request_exception=False)
    if who != ANYONE:
        client.force_login(cast.people[who])
    return client


def address(name, cast, student):
    key = student.key
    return {
        "student": f"/students/{key}/", "student-guidance": f"/students/{key}/guidance/",
        "student-benchmarks": f"/students/{key}/benchmarks/", "student-needs": f"/students/{key}/needs/", "student-access": f"/students/{key}/access/",
        "student-next": f"/students/{key}/next/",
        "proposal": f"/places/{cast.proposal.key}/", **{f"proposal-{kind}": f"/places/{cast.proposal.key}/export.{kind}" for kind in ("csv", "xlsx")},
        "places-progress": f"/places/{cast.proposal.key}/progress/",
        "place-by-hand": f"/places/{cast.proposal.key}/by-hand/{key}/",
        "coverage-cell": f"/coverage/{key}/GB5.1/", "record-meeting": f"/guidance/record/?student={key}",
        "book-meeting": f"/guidance/book/?student={key}", "calendar-feed": f"/calendar/{cast.feed.key}.ics",
        "move-meeting": f"/guidance/{cast.booked.key}/move/", "cancel-meeting": f"/guidance/{cast.booked.key}/cancel/",
        "not-attended": f"/guidance/{cast.booked.key}/not-attended/", "no-next-meeting": f"/guidance/{cast.booked.key}/no-next/",
        "write-up": f"/guidance/{cast.meeting.key}/", "write-up-needs": f"/guidance/{cast.meeting.key}/needs/",
        "record-file": f"/reports/record/{key}.json", "leavers-zip": "/reports/leavers.zip?year=10",
        "record-pdf": f"/reports/record/{key}.pdf", "child": f"/family/{key}/", "reflect": "/me/reflect/1/",
        "working-note": f"/guidance/{cast.meeting.key}/note/",
        "action": f"/actions/{cast.action.key}/", "change-action": f"/actions/{cast.action.key}/change/",
        "agree-action": f"/actions/for/{key}/", "hope": f"/guidance/hope/{key}/", "erase-student": f"/requests/erase/{key}/", "student-sharing": f"/students/{key}/sharing/", "child-sharing": f"/family/{key}/sharing/", "paper": "/requests/papers/ropa.md", "demand-of": "/guidance/demand/gap/GB6.1/",
        "one-account": f"/set-up/accounts/{(cast.people.get(TUTOR) or cast.people[Role.FORM_TUTOR]).pk}/",
        "one-class": f"/set-up/classes/{cast.taught.pk}/",
        "survey-new": "/surveys/new/staff/", "answer": f"/answer/{cast.survey.key}/", "say-code": f"/say/{cast.code}/",
        "survey-said": f"/surveys/{cast.named.key}/said/{key}/", "survey": f"/surveys/{cast.survey.key}/",
        **{f"survey-{act}": f"/surveys/{cast.survey.key}/{act}/" for act in ("preview", "change", "own", "codes", "results")},
        **{f"survey-{file}-{kind}": f"/surveys/{cast.survey.key}/{file}.{kind}" for file in ("waiting", "results") for kind in ("csv", "xlsx")},
        "round-new": "/monitoring/new/book_look/", "round": f"/monitoring/{cast.round.key}/", **{f"round-{kind}": f"/monitoring/{cast.round.key}/export.{kind}" for kind in ("csv", "xlsx")},
        "observation": f"/monitoring/seen/{cast.observation.key}/", "training-session": f"/training/{cast.training.key}/",
        "observation-photograph": f"/monitoring/seen/{cast.observation.key}/photograph/",
        "activity": f"/activities/{cast.activity.key}/", "activity-edit": f"/activities/{cast.activity.key}/edit/",
        "consent": f"/activities/{cast.activity.key}/consent/",
        "placement": f"/placements/{cast.placement.key}/", "placement-host": f"/placements/{cast.placement.key}/host/",
        "host": f"/placements/hosts/{cast.host.key}/",
        **{name: f"/me/placement/{cast.placement.key}/{act}/" for name, act in (
            ("my-host", "host"), ("my-placement-day", "day"), ("my-placement-reflect", "reflect"))},
        "programme": "/programme/", "programme-calendar": "/programme/calendar/", "programme-copy": "/programme/copy/",
        "plan-activity": "/programme/new/", "term-dates": "/programme/dates/2025/", "exam-days": "/programme/dates/2025/exams/",
        "one-reader": f"/reports/reading/{(cast.people.get(TUTOR) or cast.people[Role.FORM_TUTOR]).pk}/form_tutor/",
        **{f"one-reader-{kind}": f"/reports/reading/{(cast.people.get(TUTOR) or cast.people[Role.FORM_TUTOR]).pk}/form_tutor/export.{kind}" for kind in ("csv", "xlsx")},
        "criterion": "/evaluation/2025/2025/GB1.1/", "evidence-file": f"/evaluation/evidence/{cast.evidence.key}/file/",
    }.get(name) or reverse_plain(name)  # fmt: skip


def reverse_plain(name):
    from django.urls import reverse

    return reverse(name)


def named_addresses():
    names = set()

    def walk(patterns):
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                walk(pattern.url_patterns)
            else:
                names.add(pattern.name)

    walk(get_resolver().url_patterns)
    return names


def test_every_address_is_in_this_table():
    listed = set(PAGES) | ACTS | DOORS | OWN
    imports = {name for name in named_addresses() if name and name.startswith("import")} | {
        "past-preview",
        "past-result",
        "record-preview",
        "record-result",
        "erase-progress",
    }
    assert named_addresses() - imports <= listed
    assert listed <= named_addresses()


@pytest.mark.parametrize("who", sorted({*STAFF, STRANGER, ANYONE}))
def test_a_page_answers_those_it_is_for_and_tells_nobody_of_the_others(cast, who):
    """One answer a page, read for all it must and must not hold."""
    client = client_of(cast, who)
    for name in PAGES:
        url = address(name, cast, cast.mine)
        answer = client.get(url)
        said = words_of(answer)
        assert answer.status_code == (200 if who in PAGES[name] else 302 if who == ANYONE else 404), name
        assert who != ANYONE or who in PAGES[name] or answer.url.startswith("/sign-in/"), name
        assert "canary-private" not in said, f"a private note is on no page: {name}"
        if who in (TUTOR, GOVERNOR, STRANGER, ANYONE):
            assert CANARY not in said and "canary-summary" not in said, name
        if who == GOVERNOR:
            assert "Ownform" not in said and cast.mine.key not in said.replace(url, ""), name


@pytest.mark.parametrize(
    "name",
    [
        "student",
        "student-guidance",
        "student-benchmarks",
        "student-needs",
        "coverage-cell",
        "record-meeting",
        "record-pdf",
    ],
)
def test_a_student_who_is_not_yours_does_not_exist(cast, name):
    """Another form's student, another school's, and a key that never was: the same answer, to the byte."""
    tutor = client_of(cast, TUTOR)
    answers = [tutor.get(address(name, cast, student)) for student in (cast.other, cast.elsewhere)]
    never = tutor.get(address(name, cast, cast.mine).replace(cast.mine.key, "neverexisted"))
    assert {answer.status_code for answer in (*answers, never)} == {404}
    assert len({strip_token(answer.content) for answer in (*answers, never)}) == 1
    assert client_of(cast, LEADER).get(address(name, cast, cast.elsewhere)).status_code == 404


def words_of(answer):
    """What a reader of the answer reads, a PDF's pages and a zip's files too."""
    if answer.streaming:  # a file somebody attached, given as it came
        return b"".join(answer.streaming_content).decode(errors="replace")
    if answer.headers.get("Content-Type") == "application/zip":
        pack = zipfile.ZipFile(io.BytesIO(answer.content))
        return "\n".join(pack.read(name).decode() for name in pack.namelist())
    if "spreadsheetml" in answer.headers.get("Content-Type", ""):
        return "\n".join(str(cell) for row in sheet_of(answer) for cell in row)
    if answer.headers.get("Content-Type") != "application/pdf":
        return answer.content.decode()
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)


def strip_token(body):
    import re

    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", body)


def test_a_data_manager_sees_who_but_not_what_was_said(cast):
    body = client_of(cast, MANAGER).get(f"/students/{cast.mine.key}/").content.decode()
    assert "Ownform" in body
    assert "own summary" not in body and "Guidance meeting" not in body and "Careers fair" not in body


def test_an_act_cannot_be_done_by_following_a_link(cast):
    urls = {
        "log-who": "/activities/log/for/", "log-who-came": "/activities/log/who-came/", "log-save": "/activities/log/save/",
        "activity-correct": f"/activities/{cast.activity.key}/correct/", "activity-undo": f"/activities/{cast.activity.key}/undo/1/",
        "activity-take-out": f"/activities/{cast.activity.key}/take-out/", "activity-put-back": f"/activities/{cast.activity.key}/put-back/",
        "take-back-meeting": "/guidance/nosuchmeeting/take-back/", "end-role": "/set-up/people/1/end/",
        "access-reviewed": "/set-up/review/looked-through/", "printed": "/students/printed/",
        "set-active": "/set-up/accounts/1/active/", "end-sessions": "/set-up/accounts/1/sessions/end/",
        "forget-second-step": "/set-up/accounts/1/second-step/reset/", "start-reset": "/set-up/accounts/1/password/reset/",
        "note-seen": "/audit/notes/nosuchopening/seen/", "keep-for": "/requests/due/keep-for/", "erase-due": "/requests/due/erase/", "subject-access": "/requests/copy/", "withdraw-objection": "/sharing/1/withdraw/",
        "past-confirm": "/import/past/abcdefghjkmn/confirm/", "past-undo": "/import/past/done/abcdefghjkmn/undo/",
        "past-drop": "/import/past/abcdefghjkmn/drop/",
        "ask-employer": f"/activities/{cast.activity.key}/employer/ask/",
        "undo-copy": "/programme/copy/undo/1/", "keep-template": f"/programme/templates/keep/{cast.activity.key}/",
        "drop-template": "/programme/templates/nosuch/drop/", "end-exams": "/programme/exams/1/end/", "undo-dates": "/programme/dates/2025/undo/1/",
        "set-budget": "/programme/budget/2025/", "make-programme-feed": "/programme/feed/",
        "end-programme-feed": "/programme/feed/end/", "keep-lists": "/programme/lists/", "invite": f"/activities/{cast.activity.key}/invite/",
        "end-employer-form": f"/activities/{cast.activity.key}/employer/1/end/",
        "take-employer-answer": f"/activities/{cast.activity.key}/employer/1/take/",
        "parents-evening-codes": "/reports/parents-evening-codes.pdf", "end-family": "/set-up/families/1/end/",
        "class-members": "/set-up/classes/987654/members/", "end-class": "/set-up/classes/987654/end/",
        "restore-family": "/set-up/families/1/undo/", "cancel-family-codes": f"/set-up/families/codes/{cast.mine.key}/cancel/",
        "record-confirm": "/import/record/abcdefghjkmn/confirm/", "record-undo": "/import/record/done/abcdefghjkmn/undo/",
        "record-drop": "/import/record/abcdefghjkmn/drop/", "record-distrust": "/import/record/trusted/1/end/",
        "dismiss-need": f"/students/{cast.mine.key}/needs/dismiss/", "restore-need": f"/students/{cast.mine.key}/needs/restore/1/",
        "add-barrier": f"/students/{cast.mine.key}/needs/barrier/", "ease-barrier": f"/students/{cast.mine.key}/needs/eased/nosuch/",
        "plan-review": f"/students/{cast.mine.key}/needs/review/", "hold-review": f"/students/{cast.mine.key}/needs/review-held/",
        "add-offer": f"/students/{cast.mine.key}/needs/offer/", "undo-next-steps": "/next/undo/intention/1/",
        "make-authority-file": "/next/authority/make/csv/",
        "take-back-slots": "/guidance/week/withdraw/", "undo-slots": "/guidance/week/undo/1/",
        "end-closure": "/guidance/week/closures/1/end/", "undo-closure": "/guidance/week/closures/undo/1/",
        "book-list": "/guidance/book/list/", "undo-booking": "/guidance/bookings/undo/1/",
        "understood": f"/group/understood/{cast.mine.key}/", "undo-understood": "/group/understood/undo/1/",
        "turn-on-whiteboard": "/whiteboard/on/", "ask-to-read": "/reports/reading/ask/", "log-lesson": "/classes/1/lesson/", "undo-lesson": "/classes/lesson/nosuch/undo/1/", "my-goal-on-board": "/me/goal/",
        "make-calendar": "/guidance/calendars/make/", "end-calendar": f"/guidance/calendars/{cast.feed.pk}/end/",
        "undo-hope": f"/guidance/hope/{cast.mine.key}/undo/1/", "start-write-up": "/guidance/start/", "occupations-meant": "/guidance/occupations/",
        "keep-draft": f"/guidance/{cast.meeting.key}/draft/", "drop-draft": f"/guidance/{cast.meeting.key}/drop/",
        "close-actions": "/actions/close/", "remind-actions": "/actions/remind/", "reopen-actions": "/actions/undo/1/",
            "open-action": f"/actions/{cast.action.key}/open/",
        "undo-write-up": f"/guidance/{cast.meeting.key}/undo/1/", "places-limit": "/places/limit/",
        "places-decide": f"/places/{cast.proposal.key}/decide/{cast.mine.key}/",
        **{f"places-{act}": f"/places/{cast.proposal.key}/{act}/" for act in ("again", "confirm", "undo")},
        "take-back-chosen": "/evaluation/chosen/nosuch/take-back/", "take-back-rule": "/evaluation/rule/nosuch/take-back/",
        "attach-evidence": "/evaluation/2025/2025/GB1.1/evidence/", "freeze": "/evaluation/snapshots/freeze/",
        "add-review-note": "/evaluation/snapshots/nosuch/note/", "take-back-review-note": "/evaluation/notes/nosuch/take-back/",
        **{f"{act}-{what}": f"/evaluation/{what}{'s' if what == 'statement' else ''}/nosuch/{act}/"
           for act in ("take-back", "put-back") for what in ("evidence", "statement")},
        "my-action-done": "/me/done/nosuch/", "my-action-undo": "/me/undo/1/", "my-meeting-happened": "/me/happened/nosuch/", "my-meeting-undo": "/me/happened/undo/1/", "answer-wrong": "/answers/wrong/nosuch/",
        "answer-request": "/answers/asked/nosuch/", "consent-undo": f"/activities/{cast.activity.key}/consent/undo/1/",
        **{f"placements-{act}": f"/placements/{act}/" for act in ("send", "done", "approve")},
        **{f"placements-undo-{act}": f"/placements/{act}/undo/1/" for act in ("begin", "done", "approve")},
        "placement-approve": f"/placements/{cast.placement.key}/approve/", "placement-unapprove": f"/placements/{cast.placement.key}/approve/take-back/",
        "placement-call-off": f"/placements/{cast.placement.key}/call-off/", "placement-call-on": f"/placements/{cast.placement.key}/call-off/take-back/",
        "placement-end-form": f"/placements/{cast.placement.key}/end/employer/",
        "answer-placement": f"/family/{cast.mine.key}/placement/{cast.placement.key}/",
        "answer-consent": f"/family/{cast.mine.key}/consent/{cast.activity.key}/",
        **{f"survey-{act}": f"/surveys/{cast.survey.key}/{act}/" for act in ("release", "close", "again", "remind")},
        "round-draw": f"/monitoring/{cast.round.key}/draw/", "monitoring-remind": "/monitoring/remind/", "training-take-out": f"/training/{cast.training.key}/take-out/", "training-put-back": "/training/put-back/",
        "observation-take-back": f"/monitoring/seen/{cast.observation.key}/take-back/",
        **{f"follow-up-{act}": f"/monitoring/follow-up/{cast.follow_up.key}/{act}/" for act in ("done", "open")},
    }  # fmt: skip
    clients = {who: client_of(cast, who) for who in (LEADER, TUTOR, GOVERNOR, MANAGER)}
    for name in sorted(ACTS - {"sign-out", "sign-in-link"}):
        assert clients[LEADER].get(urls[name]).status_code == 405, name
        for who in (TUTOR, GOVERNOR, MANAGER):
            for_them = who == TUTOR or (who == MANAGER and name in ("printed", "cancel-family-codes"))
            with taken_back():
                answer = clients[who].post(urls[name])
            assert answer.status_code in ((200, 204, 302, 404, 422) if for_them else (404,)), (name, who)


@contextmanager
def taken_back():
    """What is done within is not done: the next act finds everything as it was."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_a_forged_post_without_its_token_is_refused(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.people[LEADER])
    assert client.post(f"/activities/{cast.activity.key}/take-out/").status_code == 403


def test_a_role_that_ended_opens_nothing_at_the_very_next_request(cast):
    client = client_of(cast, LEADER)
    assert client.get("/students/").status_code == 200
    cast.people[LEADER].roles.all().delete()
    assert client.get("/students/").status_code == 404


def test_an_account_that_is_disabled_is_out_at_once(cast):
    client = client_of(cast, LEADER)
    cast.people[LEADER].is_active = False
    cast.people[LEADER].save()
    assert client.get("/students/").status_code in (302, 404)


def test_what_is_noted_of_a_broken_page_holds_no_code_of_its_address(cast, monkeypatch, caplog):
    from pathbook.web.pages.answering import views

    def broken(*given, **named):
        raise RuntimeError("broken")

    monkeypatch.setattr(views.survey_codes, "find", broken)
    assert client_of(cast, LEADER).get("/say/secretcode22/").status_code == 500
    ours = [one.getMessage() for one in caplog.records if one.name == "pathbook"]
    assert len(ours) == 1 and "page say-code" in ours[0] and "secretcode22" not in ours[0]


def test_a_broken_page_says_a_reference_and_no_more(cast, monkeypatch):
    from pathbook.web.pages.home import views

    def broken(*given, **named):
        raise RuntimeError("secret detail")

    monkeypatch.setattr(views, "home_of", broken)
    answer = client_of(cast, LEADER).get("/")
    assert answer.status_code == 500
    assert b"secret detail" not in answer.content and b"reference" in answer.content


def test_another_school_stays_another_school(cast):
    assert Institution.objects.count() == 2
    assert CANARY.encode() in client_of(cast, LEADER).get("/students/").content
    assert cast.elsewhere.key.encode() not in client_of(cast, LEADER).get("/students/").content

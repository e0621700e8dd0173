"""Every address of one thing, every role, every method, every way a thing may be out of reach: it does not exist.

Addresses come from the resolver: one that names a thing and is in neither list below fails the build. Whom a role
reaches is said a second time, by hand, in tests/people/policy.csv.
"""

import csv
import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from pathbook.audit.models import Event
from pathbook.people.models import Place, Role
from tests import make
from tests.web.test_every_page import ACTS, GOVERNOR, LEADER, MANAGER, PAGES, TUTOR
from tests.web.test_every_role import FORMER, OPENS, page_of
from tests.web.things import things_of

pytestmark = pytest.mark.django_db
POLICY = [*csv.DictReader((Path(__file__).parents[1] / "people/policy.csv").open())]
METHODS = ("get", "head", "post", "put", "patch", "delete")
ANONYMOUS, FORMER_PARENT, FORMER_LEADER = "anonymous", "former parent", "former leader"

# address name -> which of a student's things its parts name
OF_A_STUDENT = {
    **{name: {"key": "student"} for name in (
        "student", "student-access", "student-benchmarks", "student-guidance", "student-needs", "student-next", "add-barrier", "dismiss-need",
        "add-offer", "hold-review", "plan-review", "agree-action", "hope", "record-pdf", "child",
    )},
    **{name: {"key": "meeting"} for name in (
        "write-up", "keep-draft", "drop-draft", "write-up-needs", "working-note", "take-back-meeting",
    )},
    **{name: {"key": "booked"} for name in ("cancel-meeting", "move-meeting", "not-attended")},
    **{name: {"key": "action"} for name in ("action", "change-action", "open-action", "my-action-done")},
    "no-next-meeting": {"key": "missed"},
    "record-file": {"key": "student"},
    "erase-student": {"key": "student"},
    "student-sharing": {"key": "student"},
    "child-sharing": {"key": "student"},
    "withdraw-objection": {"pk": "objection"},
    "end-family": {"pk": "family"},
    "cancel-family-codes": {"key": "student"},
    "restore-family": {"pk": "family"},
    "understood": {"key": "meeting"},
    "my-meeting-happened": {"key": "meeting"},
    "answer-consent": {"key": "student", "activity": "activity"},
    **{name: {"key": "placement"} for name in (
        "placement", "placement-host", "placement-approve", "placement-unapprove", "placement-call-off", "placement-call-on",
        "my-host", "my-placement-day", "my-placement-reflect",
    )},
    "placement-end-form": {"key": "placement", "party": "party"},
    "answer-placement": {"key": "student", "placement": "placement"},
    "survey-said": {"key": "survey", "student": "student"},
    **{name: {"key": "observation"} for name in ("observation", "observation-photograph", "observation-take-back")},
    "undo-write-up": {"key": "meeting", "version": "version"},
    "undo-hope": {"key": "student", "pk": "wish"},
    "restore-need": {"key": "student", "pk": "dismissal"},
    "ease-barrier": {"key": "student", "barrier": "barrier"},
    "coverage-cell": {"key": "student", "row": "row"},
    "answer-request": {"key": "request"},
    "answer-wrong": {"key": "correction"},
    "reflect": {"pk": "participation"},
    "note-seen": {"key": "opening"},
    "place-by-hand": {"key": "proposal", "student": "student"},
    "places-decide": {"key": "proposal", "student": "student"},
}  # fmt: skip
# ... and of the school's things: out of reach only in another school
OF_A_SCHOOL = {
    **{name: {"key": "activity"} for name in (
        "activity", "activity-correct", "activity-edit", "activity-put-back", "activity-take-out", "invite", "keep-template",
    )},
    "drop-template": {"key": "template"},
    "end-exams": {"pk": "exams"},
    "activity-undo": {"key": "activity", "at": "version"},
    "ask-employer": {"key": "activity"},
    "end-employer-form": {"key": "activity", "pk": "employer"},
    "take-employer-answer": {"key": "activity", "pk": "employer"},
    **{name: {"pk": "class"} for name in ("log-lesson", "one-class", "class-members", "end-class")},
    "undo-lesson": {"key": "activity", "at": "version"},
    "consent": {"key": "activity"},
    "host": {"key": "host"},
    "consent-undo": {"key": "activity", "at": "version"},
    **{
        name: {"key": "survey"}
        for name in (
            "survey", "survey-change", "survey-preview", "survey-release", "survey-close", "survey-again", "survey-remind",
            "survey-codes", "survey-waiting-csv", "survey-waiting-xlsx", "survey-results", "survey-results-csv",
            "survey-results-xlsx", "survey-own", "answer",
        )
    },
    **{name: {"key": "round"} for name in ("round", "round-draw", "round-csv", "round-xlsx")},
    **{name: {"key": "follow_up"} for name in ("follow-up-done", "follow-up-open")},
    **{name: {"key": "training"} for name in ("training-session", "training-take-out")},
    **{name: {"pk": "account"} for name in (
        "one-account", "set-active", "start-reset", "forget-second-step", "end-sessions", "end-session",
    )},
    "end-role": {"pk": "role"},
    **{name: {"account": "account", "role": "role"} for name in ("one-reader", "one-reader-csv", "one-reader-xlsx")},
    "end-calendar": {"pk": "feed"},
    "end-closure": {"pk": "closure"},
    **{name: {"key": "statement"} for name in ("take-back-statement", "put-back-statement")},
    **{name: {"key": "evidence"} for name in ("evidence-file", "take-back-evidence", "put-back-evidence")},
    "take-back-chosen": {"key": "cohort"},
    "take-back-rule": {"key": "rule"},
    "add-review-note": {"key": "snapshot"},
    "take-back-review-note": {"key": "note"},
    **{name: {"key": "proposal"} for name in (
        "proposal", "proposal-csv", "proposal-xlsx", "places-again", "places-confirm", "places-progress", "places-undo",
    )},
}  # fmt: skip
# Named by a key that only its holder was given, by a file waiting to be read, or by nothing that is anybody's.
HELD_BY_KEY = {
    "calendar-feed", "account_reset_password_from_key", "sign-in-link", "openid_connect_login", "openid_connect_callback",
    "demand-of", "mfa_remove_webauthn", "employer-form", "placement-form", "paper", "survey-new", "round-new", "say-code",
    "criterion", "attach-evidence", "make-authority-file", "term-dates", "exam-days", "set-budget",
}  # fmt: skip
# An undo names a moment of the asker's own; a file is its uploader's: tests/web/test_set_up_pages.py, tests/exchange/roll.
OWN_MOMENT = {
    "undo-dates",
    "placements-undo-approve",
    "placements-undo-begin",
    "placements-undo-done",
    "undo-next-steps",
    "undo-copy",
    "undo-understood",
    "reopen-actions",
    "undo-booking",
    "undo-closure",
    "undo-slots",
    "my-action-undo",
    "my-meeting-undo",
}


BROUGHT_IN = {"erase-progress", "record-result", "record-undo", "record-preview", "record-confirm", "record-drop",
              "record-distrust"}  # fmt: skip


def of_its_uploader(name):
    return name.startswith(("import-", "past-")) or name in BROUGHT_IN


def addresses_of_one_thing():
    found = set()

    def walk(patterns, before=""):
        for pattern in patterns:
            at = before + str(pattern.pattern)
            if not isinstance(pattern, URLPattern):
                walk(pattern.url_patterns, at)
            elif "<" in at:
                found.add(pattern.name)

    walk(get_resolver().url_patterns)
    return found


def test_every_address_that_names_a_thing_is_in_one_list():
    listed = set(OF_A_STUDENT) | set(OF_A_SCHOOL) | HELD_BY_KEY | OWN_MOMENT
    found = {name for name in addresses_of_one_thing() if not of_its_uploader(name)}
    assert found - listed == set(), "say whose thing it names"
    assert listed - found == set(), "no longer an address"


# The officer looks through openings of working notes, erases and notes objections, for anyone of their own school.
GIVEN = {(Role.DPO, name) for name in ("note-seen", "erase-student", "student-sharing", "withdraw-objection")}
NEVER = {
    "placement": "neverexisted", "party": "employer", "host": "neverexisted",
    "student": "neverexisted", "row": "GB5.1", "version": 1, "meeting": "neverexisted", "booked": "neverexisted",
    "missed": "neverexisted", "action": "neverexisted", "wish": 987654, "barrier": "neverexisted", "dismissal": 987654,
    "request": "neverexisted", "correction": "neverexisted", "participation": 987654, "opening": "neverexisted",
    "round": "neverexisted", "observation": "neverexisted", "follow_up": "neverexisted", "training": "neverexisted",
    "proposal": "neverexisted", "survey": "neverexisted", "family": 987654, "objection": 987654, "employer": 987654, "class": 987654, "activity": "neverexisted", "template": "neverexisted", "exams": 987654, "account": 987654, "role": 987654, "feed": 987654, "closure": 987654,
    "cohort": "neverexisted", "rule": "neverexisted",
    "statement": "neverexisted", "evidence": "neverexisted", "snapshot": "neverexisted", "note": "neverexisted",
}  # fmt: skip


@pytest.fixture(scope="module")
def cast(django_db_setup, django_db_blocker):
    """Made once for all the tests here: each of them puts back what it did."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield made()
        transaction.set_rollback(True)


def made():
    class Cast:
        things, marks = {}, {}

    def add(name, **said):
        Cast.marks[name], Cast.things[name] = things_of(name, **said)

    make.school()
    add("mine")
    add("classmate", year=11, group="11A")
    add("sameyear", group="10C")
    add("otheryear", year=11, group="11B")
    add("leaver", year=11, group="11A", academic_year=2023, end_date=date(2024, 7, 10))
    add("elsewhere", at=make.school("Other School"))
    Cast.group = make.group()
    student = make.Student.objects
    Cast.mine = student.get(key=Cast.things["mine"]["student"])
    for name in ("mine", "classmate"):
        make.member(student.get(key=Cast.things[name]["student"]), Cast.group)
    return Cast


REACH = {
    "institution": {"mine", "classmate", "sameyear", "otheryear"}, "year_group": {"mine", "sameyear"},
    "tutor_group": {"mine"}, "group": {"mine", "classmate"}, "student": {"mine"},
}  # fmt: skip
CASES = [(row["role"], row["place"]) for row in POLICY] + [(w, "") for w in (ANONYMOUS, FORMER_PARENT, FORMER_LEADER)]


def reached(role, place):
    """By the policy, not by the code; whoever sees no student at all reaches none."""
    row = next((row for row in POLICY if (row["role"], row["place"]) == (role, place)), None)
    if row is None or (row["identity"] == "none" and row["shared"] == "none"):
        return set()
    return REACH[place] | ({"leaver"} if place == "institution" and row["leavers"] == "yes" else set())


def client_of(cast, role, place):
    client = Client(raise_request_exception=False)
    if role == ANONYMOUS:
        return client
    someone = make.account(f"Holder of {role}")
    over = {"tutor_group": {"tutor_group": make.tutor_group("10B")}, "year_group": {"year_group": 10},
            "group": {"group": cast.group}, "student": {"student": cast.mine}}.get(place, {})  # fmt: skip
    ended = {"ends_on": date(2026, 2, 4)}
    if role == FORMER_PARENT:
        make.role(someone, Role.PARENT, Place.STUDENT, student=cast.mine, **ended)
    elif role == FORMER_LEADER:
        make.role(someone, Role.CAREERS_LEADER, **ended)
    else:
        make.role(someone, role, Place(place), **over)
    client.force_login(someone)
    return client


def everything():
    with connection.cursor() as cursor:
        names = [
            n for n in connection.introspection.table_names(cursor) if n not in ("django_session", "sqlite_sequence")
        ]
        return {name: cursor.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}


def asked(client, method, name, parts, keys):
    return getattr(client, method)(address(name, *((part, keys[kind]) for part, kind in parts.items())))


@cache
def address(name, *parts):
    return reverse(name, kwargs=dict(parts))


def is_as_if_it_never_was(answer, never, method, name, mark):
    where = (method, name, mark)
    assert answer.status_code in (302, 404, 405), (*where, answer.status_code)
    if answer.status_code == 302:  # signed out, asked to sign in; nothing else sends on from what is not there
        assert answer.url.startswith("/sign-in/"), (*where, answer.url)
    assert answer.status_code == never.status_code, where
    if method != "head":  # an answer without a body: as the one to `get`
        assert without_token(answer.content) == without_token(never.content), where
    assert mark not in str(answer.headers) + answer.content.decode(errors="replace"), where


DIFFERS = [re.compile(one) for one in (
    rb'name="csrfmiddlewaretoken" value="[^"]+"', rb' aria-current="[^"]+"', rb'\?at=[^"]*',
)]  # fmt: skip


def without_token(body):
    """Nor with the mark of where in the menu one is, and help with the page of that name."""
    for one in DIFFERS:
        body = one.sub(b"", body)
    return body


@pytest.mark.parametrize(("role", "place"), CASES)
def test_what_is_out_of_reach_does_not_exist_by_any_method_and_on_no_page(cast, role, place):
    client = client_of(cast, role, place)
    before = everything()
    seen = reached(role, place)
    hidden = cast.things.keys() - seen
    # whoever reaches nobody is in no group or year with anybody; and to whom the same year is hidden, a student of
    # another year is one more of the same school
    alike = {"otheryear"} if "sameyear" in hidden else set()
    unlike = hidden - (alike if seen else alike | {"classmate", "sameyear"})
    tried = sum(refused_as_if_it_never_was(client, cast, role, sorted(unlike, key=lambda whose: whose != "elsewhere")))
    assert everything() == before, "something changed, or a refusal was noted as a reading"
    assert tried > 100 and Event.objects.filter(actor_id=client.session.get("_auth_user_id")).count() == 0
    # Of another school, and to who sees no student, tests/web/test_every_role.py looks for it in each page's words.
    if seen and hidden != {"elsewhere"}:
        no_page_holds_a_mark_of(client, cast, hidden, besides=closed_to(role) | ACTS)


SHOWN_THERE = {Role.CAREERS_LEADER: LEADER, Role.FORM_TUTOR: TUTOR, Role.GOVERNOR: GOVERNOR, Role.DATA_MANAGER: MANAGER}


def refused_as_if_it_never_was(client, cast, role, hidden):
    """How many were asked for. What refuses a method before it looks whom an address names is asked of one thing only;
    what a role does not open even of a student within reach, of one elsewhere and one of its own school."""
    never, closed = NeverWas(client), closed_to(role)
    for whose in hidden:
        lists = OF_A_STUDENT | OF_A_SCHOOL if whose == "elsewhere" else OF_A_STUDENT
        for name, parts in lists.items():
            if (role, name) in GIVEN and whose != "elsewhere":
                continue
            for method in methods_tried(whose, name in closed, whose in hidden[:2]):
                as_one = never.asked("get" if method == "head" else method, name, parts, closed=name in closed)
                if as_one.status_code == 405 and (whose != hidden[0] or method == "head"):
                    continue
                answer = asked(client, method, name, parts, cast.things[whose])
                is_as_if_it_never_was(answer, as_one, method, name, cast.marks[whose])
                yield 1


def methods_tried(whose, closed, first):
    """HEAD is GET without its words: once, where there is a page."""
    if whose == "elsewhere":
        return [method for method in METHODS if not closed or method != "head"]
    return ("get", "post") if first or not closed else ("post",)


class NeverWas:
    """What somebody is told of a thing that never was. Of every act asked for by a link, of every page closed to them
    and of every method nobody knows it is the same, whatever the address."""

    def __init__(self, client):
        self.client, self.told = client, {}

    def asked(self, method, name, parts, *, closed):
        as_what = (method, self.alike(method, name, closed) or name)
        if as_what not in self.told:
            self.told[as_what] = asked(self.client, method, name, parts, NEVER)
        return self.told[as_what]

    @staticmethod
    def alike(method, name, closed):
        if method in ("put", "patch", "delete"):
            return "any address"
        if method == "get":
            return "an act" if name in ACTS else "a closed page" if closed else ""
        return ""


def closed_to(role):
    """What is shown elsewhere not to open for them: of a page that is not there nothing can be read."""
    if role in SHOWN_THERE:  # tests/web/test_every_page.py
        return {name for name, who in PAGES.items() if SHOWN_THERE[role] not in who}
    if role == ANONYMOUS:
        return set()
    opens = OPENS[FORMER if role in (FORMER_PARENT, FORMER_LEADER) else role]  # tests/web/test_every_role.py
    return {name for name in PAGES if name not in opens and page_of(name) not in opens}


def no_page_holds_a_mark_of(client, cast, hidden, *, besides):
    """Every address that names nothing, and those of the student where they are within reach."""
    named = {name for name in reverse_names() if not of_its_uploader(name)} - besides
    opened = 0
    urls = [reverse(name) for name in named - addresses_of_one_thing()]
    if "mine" not in hidden:
        urls += [address(name, *((part, cast.things["mine"][kind]) for part, kind in parts.items()))
                 for name, parts in OF_A_STUDENT.items() if name not in besides]  # fmt: skip
    for url in urls:
        answer = client.get(url)
        assert answer.status_code != 500, url
        opened += answer.status_code == 200
        said = answer.content.decode(errors="replace")
        assert [whose for whose in hidden if cast.marks[whose] in said] == [], url
    assert opened >= 3


def reverse_names():
    return {name for name in get_resolver().reverse_dict if isinstance(name, str)}

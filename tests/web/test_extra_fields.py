"""What a form did not ask for is not taken: every field name of every model, sent along with a good form, changes nothing."""

import re
from datetime import datetime

import pytest
from django import forms
from django.apps import apps
from django.db import connection, transaction

from pathbook.people.models import Role
from tests.web.hand import hand_of, open_page
from tests.web.test_every_role import cast

pytestmark = pytest.mark.django_db
__all__ = ["cast"]
ASIDE = {"django_session", "sqlite_sequence", "usersessions_usersession"}
UNLIKE = {"key", "digest", "series", "password"}  # drawn afresh each time
OFFERED_LATER = {"soc2020", "occupation", "sector"}  # fields of the form that it shows once words have been typed
LEADER, ADVISER, STUDENT = Role.CAREERS_LEADER, Role.ADVISER, Role.STUDENT

# what a person does -> who, the page its form stands on, where it is sent, what they fill in
ACTS = {
    "log an activity": (LEADER, "/activities/log/", "/activities/log/save/",
                        {"title": "Fair", "kind": "employer_encounter", "starts_on": "2025-10-08", "whom": "year:10", "hours": "1"}),
    "change an activity": (LEADER, "/activities/{activity}/edit/", "", {"title": "Fairest"}),
    "invite somebody": (LEADER, "/set-up/people/", "", {"name": "Tom", "email": "tom@school.example", "role": "governor"}),
    "agree an action": (LEADER, "/actions/for/{mine}/", "", {"what": "Ring the college", "owner": "student", "due_on": "2026-03-03"}),
    "change an action": (LEADER, "/actions/{action}/change/", "", {"what": "Ring them"}),
    "say a hope": (LEADER, "/guidance/hope/{mine}/", "", {"words": "vet", "said_on": "2026-02-05"}),
    "write up a meeting": (ADVISER, "/guidance/{booked}/", "", {"summary": "We talked.", "nothing_agreed": "on", "minutes": "45", "act": "file", "sharing_agreed": "on",
                                                             "held_on": "2026-02-05", "adviser_level": "6"}),
    "note a barrier": (LEADER, "/students/{mine}/needs/", "/students/{mine}/needs/barrier/", {"kind": "travel", "words": "No bus"}),
    "tell my wish": (STUDENT, "/me/wish/", "", {"words": "vet", "certainty": "2"}),
    "say what is wrong": (STUDENT, "/me/wrong/", "", {"about": "activity", "words": "I was there"}),
}  # fmt: skip


def stored():
    """Every row of every table, but for what no two sendings could have alike."""
    with connection.cursor() as cursor:
        names = [name for name in connection.introspection.table_names(cursor) if name not in ASIDE]
        return {name: rows(cursor, name) for name in names}


def rows(cursor, table):
    cursor.execute(f'SELECT * FROM "{table}"')
    columns = [column[0] for column in cursor.description]
    return [
        {n: v for n, v in zip(columns, row, strict=True) if n not in UNLIKE and not isinstance(v, datetime) and not n.endswith("at")}
        for row in cursor.fetchall()
    ]  # fmt: skip


class Back(Exception):
    """Take back what was sent."""


def sent(client, url, said):
    """What the database holds after it; then as before."""
    with pytest.raises(Back), transaction.atomic():
        answer = client.post(url, said)
        after = (answer.status_code, stored())
        raise Back
    return after


def names_of_every_model():
    ours = (model for model in apps.get_models() if model.__module__.startswith("pathbook."))
    return {name for model in ours for field in model._meta.fields for name in (field.name, field.attname)}


@pytest.mark.parametrize("act", ACTS)
def test_a_field_the_form_did_not_ask_for_changes_nothing(cast, act):
    who, page, url, said = ACTS[act]
    keys = {"mine": cast.mine.key, "activity": cast.activity.key, "action": cast.action.key, "booked": cast.booked.key}
    client = hand_of(cast.people[who])
    asked = open_page(client, page.format(**keys))
    fields = dict(asked.fields) | said
    before = stored()
    status, without = sent(client, url.format(**keys) or page.format(**keys), fields)
    assert status < 400 and without != before, "the form as it should be does something"
    others = names_of_every_model() - set(re.findall(r'name="([^"]+)"', asked.body)) - set(said) - OFFERED_LATER
    more = {name: str(cast.people[Role.GOVERNOR].pk) for name in others} | {"is_superuser": "1", "is_staff": "1"}
    assert len(more) > 80
    also = sent(client, url.format(**keys) or page.format(**keys), more | fields)
    assert also[0] == status and {name: kept for name, kept in also[1].items() if kept != without[name]} == {}


def test_no_form_takes_its_fields_from_a_model():
    """Each field is written down in the form that asks for it, so that a new one of the model is not taken by itself."""
    from pathbook.config import urls  # every page's forms are imported with it

    assert urls.urlpatterns

    def beneath(kind):
        return {kind} | {one for sub in kind.__subclasses__() for one in beneath(sub)}

    assert [kind for kind in beneath(forms.ModelForm) if kind.__module__.startswith("pathbook.")] == []
    assert len([kind for kind in beneath(forms.Form) if kind.__module__.startswith("pathbook.")]) > 15

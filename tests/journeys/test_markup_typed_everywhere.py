"""With markup in every field a person can type into, no page of any role runs it, and the content policy has nothing to report."""

import re
from urllib.parse import urlsplit

import pytest

from tests import warm
from tests.journeys.conftest import School

pytestmark = pytest.mark.browser
ROLES = ["Careers leader", "Careers adviser", "Form tutor", "Head of year", "SENDCo", "Senior leader", "Data manager",
         "Link governor", "IT administrator", "Data protection officer", "Student", "Parent"]  # fmt: skip
MOST, OF_A_LEADER = 30, 80  # pages a role, one of each address pattern; a leader has nearly every page there is
# Codes that are looked up, keys, seals and addresses: nobody types them into a field of text.
PLANT = r"""
import django; django.setup()
from django.apps import apps
from django.db import models, transaction
BAD = "<img src=x onerror=window.ran=1><script>window.ran=1</script>\"'>"
SHORT = "<b onclick=ran()>\"'>"
CODES = {"password", "email", "digest", "kind", "provider_type", "key", "code", "criterion", "fingerprint", "sha256", "format",
         "headings", "dates", "offer", "need", "mis_id", "soc2020", "size", "pathway", "sector", "actor_name", "actor_role", "noun"}
planted = 0
with transaction.atomic():
    for model in apps.get_models():
        if not model.__module__.startswith("pathbook.") or model.__name__ in ("Event", "Snapshot"):  # these the database keeps as they are
            continue
        names = [f.name for f in model._meta.fields if isinstance(f, (models.CharField, models.TextField))
                 and not f.choices and f.name not in CODES and not f.unique and (f.max_length or 999) >= 40]
        rows = list(model.objects.all()) if names else []
        for row in rows:
            for name in names:
                room = model._meta.get_field(name).max_length or 999
                if getattr(row, name):  # what nobody said stays unsaid: the database holds some of them to that
                    setattr(row, name, f"{row.pk}{BAD if room >= 80 else SHORT}")
                    planted += 1
        model.objects.bulk_update(rows, names, batch_size=200) if rows else None
print(planted)
"""


@pytest.fixture(scope="module")
def typed_over(tmp_path_factory):
    school = School(tmp_path_factory.mktemp("typed") / "school")
    school.said = school.demo("--seed", 7, "--students", 130, "--years", 1)
    env = school.env | {"PATHBOOK_DATA": str(school.folder), "DJANGO_SETTINGS_MODULE": "pathbook.config.settings"}
    ran = warm.pathbook(env=env, code=PLANT)
    assert ran.returncode == 0, ran.stderr
    assert int(ran.stdout) > 3_000
    school.serve()
    yield school
    school.stop()


def pattern_of(path):
    """An address without the keys in it: /students/abcdefghjkmn/ is of the kind /students/*/."""
    return re.sub(r"[a-z2-9]{12}|\d+", "*", path.partition("?")[0])


def is_page(school, link):
    return link.startswith(school.url) and not urlsplit(link).path.endswith(
        (".pdf", ".csv", ".xlsx", ".ics", ".zip", ".json", ".md", ".svg")
    )


def walk(person, school, most):
    """Pages from the home page on, one of each kind, in the order their links are met; returns how many held the markup."""
    waiting, seen, held, opened = ["/"], set(), 0, 0
    while waiting and opened < most:
        path = waiting.pop(0)
        kind = pattern_of(path)
        if kind in seen:
            continue
        seen.add(kind)
        answer = person.goto(f"{school.url}{path}")
        opened += 1
        assert answer.status < 500, path
        assert person.evaluate("window.ran") is None, path
        assert person.complaints == [], (path, person.complaints)
        held += "window.ran=1" in (person.locator("body").text_content() or "")
        links = person.eval_on_selector_all("a[href]:not([download])", "all => all.map(one => one.href)")
        waiting += [link.removeprefix(school.url).partition("#")[0] for link in links if is_page(school, link)]
    return opened, held


@pytest.mark.parametrize("whom", ROLES)
def test_nothing_typed_runs_for_anybody(person, typed_over, whom):
    person.goto(typed_over.way_in(typed_over.said, whom))
    person.click("main button")
    opened, held = walk(person, typed_over, OF_A_LEADER if whom == ROLES[0] else MOST)
    assert opened >= 5 and held >= 1, (opened, held)

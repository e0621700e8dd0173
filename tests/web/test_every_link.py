"""Every link and every list a person is offered opens: nobody is shown a door that is not theirs."""

from urllib.parse import urljoin, urlsplit

import pytest

from pathbook.demo.build import Wanted, build
from pathbook.people.models import Account, Role
from tests import make
from tests.web.hand import Page, hand_of, open_page

pytestmark = pytest.mark.django_db
AT_MOST = 250
ROLES = [Role.CAREERS_LEADER, Role.FORM_TUTOR, Role.GOVERNOR, Role.DATA_MANAGER, Role.SENDCO, Role.SENIOR_LEADER,
         Role.ADVISER, Role.IT_ADMIN, Role.DPO]  # fmt: skip


LEAST = {Role.CAREERS_LEADER: 25, Role.FORM_TUTOR: 20, Role.GOVERNOR: 6, Role.DATA_MANAGER: 10}  # kinds of page


def shape_of(url):
    """Addresses that differ only in whom they name, or in the values of their query, are one kind of page."""
    parts = urlsplit(url)
    path = "/".join("*" if len(bit) == 12 and bit.isalnum() and bit.islower() else bit for bit in parts.path.split("/"))
    names = sorted(pair.partition("=")[0] for pair in parts.query.split("&") if pair)
    return path, tuple(names)


def walked(client):
    """From home along every link, up to three pages of each kind."""
    waiting, seen, kinds, dead = ["/"], {"/"}, {}, []
    while waiting and len(seen) < AT_MOST * 4:
        url = waiting.pop(0)
        kind = shape_of(url)
        if kinds.get(kind, 0) >= 3 or sum(kinds.values()) >= AT_MOST:
            continue
        kinds[kind] = kinds.get(kind, 0) + 1
        answer = client.get(url)
        if answer.status_code not in (200, 302):
            dead.append((url, answer.status_code))
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        for link in Page(answer).links:
            there = urljoin(url, link).split("#")[0]
            if there.startswith("/") and not there.startswith(("/static/", "//")) and there not in seen:
                seen.add(there)
                waiting.append(there)
    return kinds, dead


@pytest.fixture
def northbridge():
    return build(Wanted(students=150, activities=40, years=2, seed=7, today=make.TODAY))


@pytest.mark.parametrize("roles", [ROLES[n::3] for n in range(3)], ids="-".join)
def test_no_link_leads_nowhere(northbridge, roles):
    for role in roles:
        kinds, dead = walked(hand_of(holder_of(role)))
        assert dead == [], role
        assert len(kinds) >= LEAST.get(role, 3), role


def holder_of(role):
    someone = Account.objects.filter(roles__role=role, roles__ends_on__isnull=True).order_by("pk").last()
    if someone is None:
        someone = make.account(f"The {role}")
        school = Account.objects.filter(roles__role=Role.CAREERS_LEADER).first().roles.get().institution
        make.role(someone, role, at=school)
    return someone


def test_no_page_has_two_things_of_one_name_or_a_field_without_a_label(northbridge):
    """Ids are single, and every box that can be filled in is named for those who cannot see it."""
    for role in (Role.CAREERS_LEADER, Role.FORM_TUTOR):
        client = hand_of(Account.objects.filter(roles__role=role).order_by("pk").last())
        for url in ("/", "/students/", "/activities/", "/activities/log/", "/coverage/", "/coverage/?rows=students"):
            page = open_page(client, url)
            assert sorted(page.ids) == sorted(set(page.ids)), url
            assert page.unlabelled == [], url

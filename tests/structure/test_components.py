"""Every component has a picture of every state in the gallery, and says at its top what it is given."""

from pathlib import Path

import pytest
from django.test import Client

from pathbook.web.pages.gallery.states import STATES
from tests import make

FOLDER = Path(__file__).resolve().parents[2] / "pathbook/web/templates/components"
NAMES = sorted(path.stem for path in FOLDER.glob("*.html"))


@pytest.mark.parametrize("name", NAMES)
def test_a_component_has_a_state_in_the_gallery(name):
    assert name in {state.component for state in STATES}


@pytest.mark.parametrize("name", NAMES)
def test_a_component_says_what_it_is_given(name):
    assert (FOLDER / f"{name}.html").read_text().startswith("{# ")


@pytest.mark.django_db
def test_the_gallery_shows_them_all():
    client = Client()
    client.force_login(make.careers_leader())
    body = client.get("/gallery/").content.decode()
    for state in STATES:
        assert f"{state.component}: {state.name}" in body

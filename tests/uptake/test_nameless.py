"""Names the school knows are taken out of what somebody wrote; words that are also names stay where they are words."""

import pytest

from pathbook.uptake.queries.nameless import names_known, without_names
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def known():
    child = make.student("Zoë", "Ode-Marsh", preferred_forename="Zo")
    make.student("Will", "Okafor")
    make.student("Grace", "Li")
    make.guardian(child, name="Ada Parent")
    make.staff("Ms P Raman")
    make.account("Unconnected Person")
    return names_known(make.school().pk)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Zoe was kind to me.", "[name] was kind to me."),
        ("ZOË and okafor laughed", "[name] and [name] laughed"),
        ("I told Ode-Marsh.", "I told [name]."),
        ("I told Marsh's friend.", "I told [name]'s friend."),
        ("Mr Okafor helped.", "Mr [name] helped."),
        ("Mrs Smithson helped, and Dr. Xu too.", "Mrs [name] helped, and Dr [name] too."),
        ("Ask Raman or Ada.", "Ask [name] or [name]."),
        ("My friend Will said so.", "My friend [name] said so."),
        ("Will you do it again? It will help.", "Will you do it again? It will help."),
        ("It was done with grace and I was glad.", "It was done with grace and I was glad."),
        ("Zoology is not her name.", "Zoology is not her name."),
        ("", ""),
    ],
)
def test_names_go_and_words_stay(known, said, shown):
    assert without_names(said, known) == shown

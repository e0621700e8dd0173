"""How far a leaver is known, the rounds, and who is worth asking about: cases a careers leader can check by hand."""

from datetime import date as D

import pytest

from pathbook.framework.destinations import Known, Round, Told, days_of, known_of, round_of, shipped_codes, six_months
from pathbook.framework.plans import OfferSaid, Plans, differences
from pathbook.framework.risk import Signs, is_prompt, signs_of
from pathbook.framework.years import AcademicYear

LEFT = AcademicYear(2024)  # left in summer 2025; the six-month check is from 1 March 2026
AUTUMN, SPRING = D(2025, 11, 1), D(2026, 3, 10)
OCT = Told(D(2025, 10, 1), "230")


def test_46_codes_are_shipped_and_those_with_one_source_or_two_groups_are_marked():
    codes = shipped_codes()
    assert len(codes) == 46
    assert {code for code, one in codes.items() if not one.certain} == {"110", "120", "130", "140", "150", "720", "550"}
    assert codes["310"].is_place and not codes["619"].is_place and not codes["810"].is_known


# what was told, the day asked, how far known
LEAVERS = [
    ("nobody has asked", (), AUTUMN, Known.NOT_ASKED),
    ("a word from before they left says nothing", (Told(D(2025, 5, 1), "230"),), AUTUMN, Known.NOT_ASKED),
    ("asked, and nobody knows", (Told(D(2025, 10, 1), "810"),), AUTUMN, Known.TRIED),
    ("in college in October", (OCT,), AUTUMN, Known.HERE),
    ("in college in October, asked in March", (OCT,), SPRING, Known.CHECK),
    ("still there in March", (OCT, Told(D(2026, 3, 5), "230")), SPRING, Known.KEPT),
    ("left for work: still a place", (OCT, Told(D(2026, 3, 5), "330")), SPRING, Known.KEPT),
    ("looking for work in March", (OCT, Told(D(2026, 3, 5), "619")), SPRING, Known.LOST),
    ("not found in March: the check stays due", (OCT, Told(D(2026, 3, 5), "810")), SPRING, Known.CHECK),
    ("a later word is not known yet", (OCT, Told(D(2026, 3, 5), "230")), AUTUMN, Known.HERE),
    ("a code nobody has told us of is no place", (Told(D(2025, 10, 1), "999"),), AUTUMN, Known.TRIED),
]


@pytest.mark.parametrize(("what", "told", "on", "known"), LEAVERS, ids=[case[0] for case in LEAVERS])
def test_how_far_a_leaver_is_known(what, told, on, known):
    assert known_of(told, shipped_codes(), left=LEFT, as_of=on) == known


def test_two_rounds_a_year_meet_at_new_year():
    assert round_of(D(2025, 12, 31)) is Round.AUTUMN and round_of(D(2026, 1, 1)) is Round.SPRING
    assert days_of(AcademicYear(2025), Round.SPRING) == (D(2026, 1, 1), D(2026, 8, 31))
    assert six_months(LEFT) == D(2026, 3, 1)


WAITS, TAKEN, NO = (OfferSaid("College", "", status, D(2026, 1, 5)) for status in ("applied", "accepted", "refused"))
# one student's line, the sentences
LINES = [
    ("nothing recorded", Plans(), ()),
    ("all agree", Plans("t_level", intention="230", offers=(TAKEN,), went="230"), ()),
    ("undecided disagrees with nothing", Plans("undecided", intention="230"), ()),
    (
        "the hope moved on",
        Plans("apprenticeship", hoped_on=D(2026, 1, 9), intention="210", intended_on=D(2025, 10, 1)),
        ("Hopes for an apprenticeship, means to go to sixth form (the hope was said later)",),
    ),
    ("an application that waits", Plans("fe_college", offers=(NO, WAITS)), ()),
    ("all refused", Plans("fe_college", offers=(NO,)), ("No offer stands: it was refused",)),
    (
        "an offer that does not suit",
        Plans(offers=(TAKEN._replace(suitable=False),)),
        ("The offer there is does not suit",),
    ),
    ("went elsewhere", Plans("university", intention="240", went="330"), ("Meant university, went to work",)),
    ("not known is no outcome", Plans("university", intention="240", went="810"), ()),
]


@pytest.mark.parametrize(("what", "plans", "said"), LINES, ids=[case[0] for case in LINES])
def test_where_two_steps_differ_in_words(what, plans, said):
    assert differences(plans) == said


FEB, MARCH, NOV = D(2026, 2, 5), D(2026, 3, 2), D(2025, 11, 20)
SPOKE = {"decided": True, "intended_on": D(2026, 1, 20), "applied": True, "offered": True}
# what is known, the day, how many signs, whether to ask
RISKS = [
    ("all is well", Signs(11, **SPOKE), FEB, 0, False),
    ("support alone is no reason", Signs(11, **SPOKE, sen="E", looked_after=True, young_carer=True), FEB, 3, False),
    ("nothing is written down: other lists ask for that", Signs(11, False, NOV), FEB, 3, False),
    ("and one thing beside the plans", Signs(11, False, NOV, sen="K"), FEB, 4, True),
    ("in autumn nothing is late yet", Signs(11, True, None), NOV, 0, False),
    (
        "applied for something, and two other things",
        Signs(11, True, NOV, True, looked_after=True, meetings_missed=1),
        FEB,
        3,
        True,
    ),
    ("two signs are not three", Signs(11, True, NOV, True, looked_after=True), FEB, 2, False),
    ("no offer by 1 March", Signs(13, True, D(2026, 1, 9), True, False, 2, 3), MARCH, 3, True),
    ("two missed activities are no habit", Signs(13, True, D(2026, 1, 9), True, False, 2, 2), MARCH, 2, False),
    ("Year 10 leaves nothing yet", Signs(10, False, sen="E", looked_after=True, meetings_missed=3), FEB, 0, False),
]


@pytest.mark.parametrize(("what", "one", "on", "how_many", "ask"), RISKS, ids=[case[0] for case in RISKS])
def test_who_is_worth_asking_about(what, one, on, how_many, ask):
    signs = signs_of(one, as_of=on)
    assert (len(signs), is_prompt(signs)) == (how_many, ask), signs

"""Two schools: one that signs what a student takes along, one that receives it."""

from datetime import date

from pathbook.exchange.portable.apply import take_in, trust
from pathbook.exchange.portable.keys import published
from pathbook.exchange.portable.reading import read_record
from pathbook.exchange.portable.writing import portable_record
from pathbook.framework import kinds
from tests import make

BORN = date(2010, 5, 13)


def hillside():
    return make.school("Hillside School")


def ticked(kind="employer_encounter"):
    """Every item of that kind's checklist."""
    return [item.id for item in kinds.checklist_for(kind)]


def leaver(**said):
    """At Northbridge, with something of everything."""
    amara = make.student("Amara", "Ode", year=11, date_of_birth=BORN, upn="H801200001001", uln="1000000027", **said)
    fair = make.activity(
        "Careers fair", provider=make.provider("Marlow Build"), sector="Construction", checklist=ticked()
    )
    make.participation(amara, fair)
    met = make.guidance_meeting(amara, summary="We talked about joinery.", private_note="canary-private", minutes=40)
    make.action(amara, "Visit the college", meeting=met)
    make.action(amara, "Ask about transport", meeting=met, owner="tutor", closed_on=date(2026, 1, 30), outcome="done")
    make.aspiration(amara, words="Joiner", sector="Construction", pathway="apprenticeship")
    return amara


def newcomer(at=None, **said):
    """The same person on the roll of Hillside."""
    said = {"date_of_birth": BORN, "year": 11} | said
    return make.student("Amara", "Ode", at=at or hillside(), **said)


def written(someone, folder, **said):
    return portable_record(someone, someone.institution, folder=folder, at=make.NOW, **said)


def leader(school):
    return make.viewer(make.careers_leader(f"Leader of {school.name}", at=school))


def believe(folder, school=None, of=None):
    school = school or hillside()
    return trust(key=published(folder, of or make.school()), school=school, by=leader(school), at=make.NOW)


def received(data, someone, unchecked=False, at=make.NOW, on=make.TODAY):
    school = someone.institution
    record = read_record(data, "amara.record.json", school=school, on=on)
    return take_in(record=record, student=someone, school=school, unchecked=unchecked, by=leader(school), at=at, on=on)

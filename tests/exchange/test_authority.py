"""The authority's file: who is in it, who objects and is in neither form, what changed since, and its shape."""

import csv
import io
import json
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
import xmlschema

from pathbook.audit.models import Event
from pathbook.commands.authority import authority
from pathbook.exchange.authority import making, send, writing
from pathbook.exchange.authority.person import HEADINGS
from pathbook.exchange.models import AuthorityFile, AuthorityLine
from pathbook.people.models import Objection
from pathbook.people.visibility import command_line
from pathbook.privacy.erasing import erase
from pathbook.records.models import Destination, Intention, Offer
from tests import make as made

pytestmark = pytest.mark.django_db
BY = {"recorded_by": "a test", "recorded_at": made.NOW}


def sent(kind="csv"):
    school = made.school()
    return send.make(school=school, kind=kind, on=made.TODAY, by=command_line(school), at=made.NOW)


def lines(data):
    return {row["FamilyName"]: row for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig")))}


def leaver(surname, *told, year=11, left=2024, **said):
    one = made.student("A", surname, year=year, group=f"{year}L", academic_year=left, **said)
    for on, code, place in told:
        Destination.objects.create(student=one, as_of=on, code=code, source="college", place=place, checked_on=on, **BY)
    return one


@pytest.fixture
def cohort():
    """By hand: nine students, seven of whom an authority follows."""
    eleven = made.student(
        "Amara", "Eleven", year=11, group="11A", sen="K", upn="A123456789012", date_of_birth=date(2010, 3, 1)
    )
    Intention.objects.create(student=eleven, recorded_on=date(2025, 10, 1), code="230", **BY)
    Offer.objects.create(student=eleven, provider="College", status="offered", on=date(2026, 1, 9), **BY)
    return SimpleNamespace(
        eleven=eleven,
        twelve=made.student("B", "Twelve", year=12, group="12A", sen="E"),
        ten=made.student("C", "Ten", year=10, group="10A"),
        found=leaver("Found", (date(2025, 10, 1), "230", "=cmd()"), sen="E"),
        lost=leaver("Lost"),
        two_years=leaver("Twoyears", (date(2024, 10, 1), "310", "Garage"), left=2023),
        three_years=leaver("Threeyears", left=2022),
        grown=leaver("Grown", year=13),
        with_plan=leaver("Withplan", year=13, sen="E"),
    )


# surname -> year now, support flags, guarantee, intention, activity, place
EXPECTED = {
    "Eleven": ("11", "N", "Y", "offered", "230", "110", "Northbridge School"),
    "Twelve": ("12", "Y", "N", "none", "", "210", "Northbridge School"),
    "Found": ("12", "Y", "N", "", "", "230", "'=cmd()"),
    "Lost": ("12", "N", "N", "", "", "810", ""),
    "Twoyears": ("13", "N", "N", "", "", "310", "Garage"),
    "Withplan": ("14", "Y", "N", "", "", "810", ""),
}
COLUMNS = (
    "YearGroup",
    "SENDFlag",
    "SENSupportFlag",
    "GuaranteeStatus",
    "IntendedDestination",
    "ActivityCode",
    "EstablishmentName",
)


def test_each_line_is_as_worked_out_by_hand(cohort):
    found = lines(sent().data)
    assert {name: tuple(row[column] for column in COLUMNS) for name, row in found.items()} == EXPECTED
    assert found["Eleven"]["DateOfBirth"] == "2010-03-01" and found["Found"]["DateVerified"] == "2025-10-01"


def test_both_forms_say_the_same_and_the_xml_keeps_to_the_schema(cohort):
    data = sent("xml").data
    schema = xmlschema.XMLSchema(writing.schema())
    schema.validate(io.BytesIO(data))
    rows = schema.to_dict(io.BytesIO(data))["YoungPerson"]
    as_text = {row["FamilyName"]: {k: str(v) for k, v in row.items()} for row in rows}
    flat = {name: {k: v for k, v in row.items() if v} for name, row in lines(sent().data).items()}
    flat["Found"]["EstablishmentName"] = "=cmd()"  # only a spreadsheet would run it
    assert as_text == flat
    assert not schema.is_valid(data.decode().replace("<SENDFlag>Y", "<SENDFlag>perhaps", 1))


@pytest.mark.parametrize("kind", ["csv", "xml"])
def test_who_objects_is_in_neither_form_and_support_alone_is_left_blank(cohort, kind):
    made.objection(cohort.eleven, about=Objection.About.EVERYTHING)
    made.objection(cohort.lost, about=Objection.About.PLANS)
    made.objection(cohort.twelve, about=Objection.About.SUPPORT)
    done = sent(kind)
    said = done.data.decode()
    assert "Eleven" not in said and "Lost" not in said and cohort.eleven.key not in said
    assert [(one.student, one.why) for one in done.of.left_out] == [
        (cohort.eleven, making.OBJECTS),
        (cohort.lost, making.OBJECTS),
    ]
    assert done.of.people[cohort.twelve.pk].ehcp == "" and done.of.people[cohort.found.pk].ehcp == "Y"
    copied = Event.objects.filter(noun="student", verb="exported").values_list("student_id", flat=True)
    assert set(copied) == set(done.of.people) and len(copied) == 4
    one = Event.objects.get(noun="authority file")
    assert one.detail == {"kind": kind, "students": 4, "left_out": 2}


def test_the_next_file_says_what_changed_and_keeps_no_older_lines(cohort):
    first = sent()
    assert (first.file.new, first.of.last) == (6, None)
    Destination.objects.create(student=cohort.lost, as_of=made.TODAY, code="330", source="parent", **BY)
    made.objection(cohort.eleven, about=Objection.About.PLANS)
    made.student("New", "Comer", year=13, group="13A")
    second = sent()
    assert (len(second.of.new), second.of.changed, second.of.gone) == (1, {cohort.lost.pk}, {cohort.eleven.pk})
    later = making.outgoing(made.school(), on=made.TODAY + timedelta(days=7))
    assert not (later.new or later.changed or later.gone), "that somebody is still here is no news"
    assert AuthorityFile.objects.count() == 2 and {one.file for one in AuthorityLine.objects.all()} == {second.file}
    school = made.school()
    erase(students=[cohort.found], school=school, why="request", reason="asked", by=command_line(school), at=made.NOW)
    assert not AuthorityLine.objects.filter(student=cohort.found).exists()
    assert cohort.found.pk not in making.outgoing(school, on=made.TODAY).people, "nor in any later file"


def test_a_code_of_no_table_waits_until_somebody_says_what_it_is(cohort):
    Intention.objects.create(student=cohort.twelve, recorded_on=made.TODAY, code="459", **BY)
    (one,) = making.outgoing(made.school(), on=made.TODAY).left_out
    assert one.student == cohort.twelve and "459" in one.why
    made.next_step_code("459", sent_as="990")
    assert making.outgoing(made.school(), on=made.TODAY).people[cohort.twelve.pk].intended == "990"


def test_the_command_shows_first_and_then_writes_for_its_owner_only(cohort, tmp_path, capsys):
    authority(None, "csv", True)
    assert json.loads(capsys.readouterr().out)["students"] == 6 and not AuthorityFile.objects.exists()
    out = tmp_path / "week.xml"
    authority(out, "xml", True)
    assert json.loads(capsys.readouterr().out)["file"] == str(out)
    assert out.stat().st_mode & 0o777 == 0o600 and AuthorityFile.objects.get().kind == "xml"
    assert len(HEADINGS) == 16

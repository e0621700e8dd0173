"""A record goes from one school to the next: it counts there, says where it is from, and comes in once."""

import json
from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathbook.audit import record as audit
from pathbook.audit.models import Event, Verb
from pathbook.exchange.portable.bundle import bundle
from pathbook.exchange.portable.matching import could_be, whose
from pathbook.exchange.portable.taking_in import weigh
from pathbook.exchange.portable.undo import CannotUndoError, take_back
from pathbook.framework import kinds
from pathbook.framework.judge import judge_facts
from pathbook.people.models import Enrolment, Student
from pathbook.records.actions.voice import reflect
from pathbook.records.facts import population, student_facts
from pathbook.records.models import (
    Action,
    Activity,
    Aspiration,
    GuidanceMeeting,
    Intention,
    Participation,
    PriorRecord,
)
from tests import make
from tests.exchange.portable import cast

pytestmark = pytest.mark.django_db
TABLES = (Activity, Participation, GuidanceMeeting, Action, Aspiration, Intention, PriorRecord)


def judged(someone, set_id="2025"):
    school, on = someone.institution, make.TODAY
    roll = population(school, as_of=on, among=Student.objects.filter(pk=someone.pk))
    (one,) = judge_facts(student_facts(roll, as_of=on, school=school), set_id, on)
    return one


def contents():
    return {model.__name__: sorted(map(str, model.objects.values_list())) for model in TABLES}


def test_what_comes_in_counts_and_says_where_it_is_from(tmp_path):
    data, she = cast.written(cast.leaver(), tmp_path), cast.newcomer()
    cast.believe(tmp_path)
    run = cast.received(data, she)
    assert run.checked and (run.counts["new"], run.counts["same"]) == (5, 0)
    assert (
        judged(she).verdicts["GB5.1"].met and judged(she).verdicts["GB8.1a"].met and judged(she).verdicts["GB3.3"].met
    )
    assert Participation.objects.get(student=she).activity.called == "Careers fair, at Northbridge School"
    met = GuidanceMeeting.objects.get(student=she)
    assert (met.adviser_name, met.summary) == ("an adviser at Northbridge School", "We talked about joinery.")
    assert set(Action.objects.filter(student=she).values_list("owner", "owner_name", "outcome")) == {
        ("student", "", ""), ("other", "Tutor, Northbridge School", "done"),
    }  # fmt: skip
    prior = PriorRecord.objects.get(student=she)
    assert (prior.source, prior.checked, prior.received_on) == ("Northbridge School", True, make.TODAY)


def test_a_second_time_changes_nothing_and_a_newer_one_adds_only_what_is_new(tmp_path):
    amara = cast.leaver()
    first, she = cast.written(amara, tmp_path), cast.newcomer()
    cast.believe(tmp_path)
    cast.received(first, she)
    before = contents()
    assert {name: n for name, n in cast.received(first, she).counts.items() if n} == {"same": 5}
    assert contents() == before
    make.participation(amara, make.activity("Visit to a builder", "workplace_experience"))
    Action.objects.filter(student=amara, what="Visit the college").update(closed_on=date(2026, 2, 2), outcome="done")
    Participation.objects.filter(student=amara, activity__title="Careers fair").update(reflection="I liked it.")
    before = contents()
    newer = cast.received(cast.written(amara, tmp_path), she)
    assert (newer.counts["new"], newer.counts["changed"], newer.counts["same"]) == (1, 2, 3)
    assert Action.objects.get(student=she, what="Visit the college").outcome == "done"
    take_back(run=newer, by=cast.leader(cast.hillside()), at=make.NOW)
    assert contents() == before


def test_taken_back_it_is_as_it_was_and_events_say_both(tmp_path):
    data, she = cast.written(cast.leaver(), tmp_path), cast.newcomer()
    cast.believe(tmp_path)
    before = contents()
    run = cast.received(data, she)
    take_back(run=run, by=cast.leader(cast.hillside()), at=make.NOW)
    assert contents() == before
    verbs = list(Event.objects.filter(noun="portable record", student_id=she.pk).values_list("verb", flat=True))
    assert verbs == ["imported", "undone"]
    with pytest.raises(CannotUndoError, match="already"):
        take_back(run=run, by=cast.leader(cast.hillside()), at=make.NOW)


def test_it_is_not_taken_back_once_the_student_wrote_here_what_they_made_of_it(tmp_path):
    data, she = cast.written(cast.leaver(), tmp_path), cast.newcomer()
    cast.believe(tmp_path)
    run, part = cast.received(data, she), Participation.objects.get(student=she)
    reflect(participation=part, words="Loud", by=cast.leader(cast.hillside()), at=make.NOW)
    with pytest.raises(CannotUndoError, match="changed here since"):
        take_back(run=run, by=cast.leader(cast.hillside()), at=make.NOW)
    part.refresh_from_db()
    assert part.reflection == "Loud"


def test_two_who_bring_the_same_fair_share_one_row_and_one_leaving_takes_only_their_own(tmp_path):
    amara = cast.leaver()
    ben = make.student("Ben", "Adu", year=11, date_of_birth=date(2010, 1, 1))
    make.participation(ben, Activity.objects.get(title="Careers fair"))
    she, he = cast.newcomer(), make.student("Ben", "Adu", year=11, at=cast.hillside(), date_of_birth=date(2010, 1, 1))
    cast.believe(tmp_path)
    first = cast.received(cast.written(amara, tmp_path), she)
    cast.received(cast.written(ben, tmp_path), he)
    assert Activity.objects.filter(institution=cast.hillside()).count() == 1
    take_back(run=first, by=cast.leader(cast.hillside()), at=make.NOW)
    assert Participation.objects.get(student=he).activity.title == "Careers fair"


def test_it_holds_what_the_student_may_see_and_nothing_else(tmp_path):
    amara = cast.leaver(sen="E", fsm=True, looked_after=True)
    make.participation(amara, make.activity("Missed talk"), status="absent")
    own, between = cast.written(amara, tmp_path).decode(), cast.written(amara, tmp_path, numbers=True).decode()
    for hidden in ("canary-private", "H801200001001", "1000000027", "EHC", "Missed talk", "fsm", "looked"):
        assert hidden not in own
    assert "H801200001001" in between and "1000000027" in between and "EHC" not in between
    assert json.loads(cast.written(amara, tmp_path, support=True))["support"] == ["EHC plan"]


def test_what_another_school_sent_is_that_schools_to_sign(tmp_path):
    amara = cast.leaver()
    make.action(amara, "Read about T levels")
    said = {"recorded_by": "a test", "recorded_at": make.NOW}
    Intention.objects.create(student=amara, recorded_on=make.TODAY, code="FE", **said)
    data, she = cast.written(amara, tmp_path), cast.newcomer()
    cast.received(data, she, unchecked=True)
    tables = ("activities", "guidance", "actions", "aspirations", "intentions")
    onward = json.loads(cast.written(she, tmp_path))
    assert not any(onward[name] for name in tables)
    make.aspiration(she, words="Carpenter")
    make.action(she, "Ring the college")
    onward = json.loads(cast.written(she, tmp_path))
    assert [one["words"] for one in onward["aspirations"]] == ["Carpenter"]
    assert [one["what"] for one in onward["actions"]] == ["Ring the college"]


@pytest.mark.parametrize("noun", ["reflection", "activity"])
def test_what_was_written_here_on_what_it_brought_is_not_taken_back_with_it(tmp_path, noun):
    data, she = cast.written(cast.leaver(), tmp_path), cast.newcomer()
    run = cast.received(data, she, unchecked=True)
    part, by = Participation.objects.get(student=she), cast.leader(cast.hillside())
    written_on = {"reflection": part.pk, "activity": part.activity_id}[noun]
    with transaction.atomic():
        audit.changes(by=by, at=make.NOW, of=[audit.Change(Verb.CHANGED, noun, written_on, she.pk)])
    with pytest.raises(CannotUndoError, match="changed here since"):
        take_back(run=run, by=by, at=make.NOW)
    assert Participation.objects.filter(pk=part.pk).exists()


def test_a_school_that_has_another_name_since_brings_nothing_twice(tmp_path):
    amara, she = cast.leaver(), cast.newcomer()
    cast.received(cast.written(amara, tmp_path), she, unchecked=True)
    amara.institution.name = "Northbridge Academy"
    again = cast.received(cast.written(amara, tmp_path), she, unchecked=True)
    assert {name: n for name, n in again.counts.items() if n} == {"same": 5}


def test_two_lessons_of_one_day_with_one_title_both_come_in(tmp_path):
    amara, she = make.student("Amara", "Ode", year=11, date_of_birth=cast.BORN), cast.newcomer()
    for subject in ("Mathematics", "Art"):
        make.participation(amara, make.activity("Careers in this subject", "curriculum_link", subject=subject))
    data = cast.written(amara, tmp_path)
    assert cast.received(data, she, unchecked=True).counts["activities"] == 2
    assert cast.received(data, she, unchecked=True).counts["same"] == 2


def test_their_word_closes_nothing_that_was_agreed_here(tmp_path):
    amara, she = cast.leaver(), cast.newcomer()
    make.action(amara, "Open day", closed_on=date(2026, 2, 1), outcome="done")
    ours = make.action(she, "Open day")
    cast.received(cast.written(amara, tmp_path), she, unchecked=True)
    ours.refresh_from_db()
    assert ours.closed_on is None


def test_meaningful_is_what_the_checklist_says_and_not_what_the_file_says(tmp_path):
    amara, she = make.student("Amara", "Ode", year=11, date_of_birth=cast.BORN), cast.newcomer()
    make.participation(amara, make.activity("Half ticked", checklist=cast.ticked()[:1], meaningful=True))
    make.participation(amara, make.activity("All ticked", checklist=cast.ticked(), meaningful=False))
    cast.received(cast.written(amara, tmp_path), she, unchecked=True)
    here = Activity.objects.filter(institution=cast.hillside()).values_list("title", "meaningful")
    assert set(here) == {("Half ticked", False), ("All ticked", True)}


def test_a_year_of_leavers_is_as_many_queries_as_two(tmp_path):
    school = make.school()

    def asked(leaving):
        with CaptureQueriesContext(connection) as told:
            bundle(leaving, school, folder=tmp_path, at=make.NOW, numbers=True)
        return len(told)

    many = [cast.leaver()]
    for n in range(19):
        one = make.student(f"Leaver{n}", "Ode", year=11)
        make.participation(one, make.activity(f"Visit {n}", provider=make.provider(f"Firm {n}")))
        make.action(one, meeting=make.guidance_meeting(one))
        many.append(one)
    assert asked(many[:2]) == asked(many) == 6


@pytest.mark.parametrize("numbers", [True, False])
def test_whose_it_is(tmp_path, numbers):
    said = json.loads(cast.written(cast.leaver(), tmp_path, numbers=numbers))["student"]
    assert whose(said, cast.hillside()) is None
    married = cast.newcomer(upn="H801200001001", preferred_surname="Okoro")
    assert whose(said, cast.hillside()) == married
    twin = cast.newcomer(upn="H801200001002")
    assert whose(said, cast.hillside()) == (married if numbers else None)
    assert set(could_be(said, cast.hillside())) == {married, twin}


def test_a_number_alone_does_not_outweigh_another_birth_date(tmp_path):
    said = json.loads(cast.written(cast.leaver(), tmp_path, numbers=True))["student"]
    cast.newcomer(upn="H801200001001", date_of_birth=date(2009, 1, 1))
    assert whose(said, cast.hillside()) is None


def test_a_dry_look_writes_nothing(tmp_path):
    data, _ = cast.written(cast.leaver(), tmp_path), cast.newcomer()
    before, events = contents(), Event.objects.count()
    found = weigh(data, "a", school=cast.hillside(), on=make.TODAY)
    assert found.plan.counts()["new"] == 5 and found.record.trust == "unknown"
    assert (contents(), Event.objects.count()) == (before, events)


happening = st.fixed_dictionaries(
    {
        "title": st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=20),
        "kind": st.sampled_from(sorted(kinds.KINDS)),
        "on": st.dates(date(2021, 9, 1), make.TODAY),
        "meaningful": st.booleans(),
        "technical": st.booleans(),
        "subject": st.sampled_from(["", "Mathematics", "Art"]),
        "provider_type": st.sampled_from(["", *kinds.PROVIDER_TYPES]),
    }
)
meeting = st.tuples(st.dates(date(2021, 9, 1), make.TODAY), st.sampled_from([4, 6]), st.booleans(), st.booleans())
hope = st.tuples(st.dates(date(2021, 9, 1), make.TODAY), st.sampled_from(["university", "apprenticeship", ""]))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    year=st.integers(7, 13), took=st.lists(happening, max_size=6, unique_by=lambda one: (one["title"], one["on"])),
    met=st.lists(meeting, max_size=3, unique_by=lambda one: one[0]), hopes=st.lists(hope, max_size=3, unique=True),
)  # fmt: skip
def test_there_every_criterion_is_judged_as_here(tmp_path, year, took, met, hopes):
    """Whatever was attended, held and said: the next school judges it alike (all but having asked for the record)."""
    with transaction.atomic():
        said = {"year": year, "date_of_birth": cast.BORN}
        here, there = make.student("Round", "Trip", **said), make.student("Round", "Trip", at=cast.hillside(), **said)
        Enrolment.objects.filter(student__in=(here, there)).update(start_date=date(2025, 9, 1))
        for one in took:
            ticks = cast.ticked(one["kind"]) if one["meaningful"] else []
            one |= {"checklist": ticks, "meaningful": kinds.is_meaningful(one["kind"], (), ticks)}
            make.participation(here, make.activity(**one))
        for on, level, summary, agreed in met:
            held = make.guidance_meeting(here, on=on, level=level, summary="Said." if summary else "")
            if agreed:
                make.action(here, meeting=held, agreed_on=on, due_on=on)
        for on, pathway in hopes:
            make.aspiration(here, pathway=pathway, said_on=on, words="Words")
        cast.received(cast.written(here, tmp_path), there, unchecked=True)
        for set_id in ("2025", "2018"):
            mine, theirs = judged(here, set_id), judged(there, set_id)
            but = {"GB3.3"} if set_id == "2025" else set()
            assert {k: v for k, v in mine.verdicts.items() if k not in but} == {
                k: v for k, v in theirs.verdicts.items() if k not in but
            }
            assert mine.this_year == theirs.this_year
        transaction.set_rollback(True)

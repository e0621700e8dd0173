"""A criterion stated by a person: what stands of it on a day, with how much evidence, and what was said before."""

from datetime import date

import pytest

from pathbook.audit.models import Event
from pathbook.framework.years import AcademicYear
from pathbook.records.actions import judging
from pathbook.records.actions.judging import About, JudgementRefusedError, Shown
from pathbook.records.models import Statement
from pathbook.reports.evaluation import as_json, evaluation_of
from tests import make

pytestmark = pytest.mark.django_db
YEAR = AcademicYear(2025)


def about(criterion="GB1.1", set_id="2025"):
    return About(make.school(), set_id, criterion, YEAR)


def say(answer="met", words="Governors agreed it in September.", criterion="GB1.1", before="", on=make.TODAY, by=None):
    leader = make.viewer(by or make.careers_leader())
    return judging.state(
        about=about(criterion), answer=answer, words=words, before=before, by=leader, at=make.NOW, on=on
    )


def show(criterion="GB1.1", added=make.TODAY, until=date(2026, 8, 31), key="evidenceaaaa"):
    shown = Shown("training", "INSET on careers in every subject", until)
    leader = make.viewer(make.careers_leader())
    return judging.attach(about=about(criterion), shown=shown, key=key, by=leader, at=make.NOW, on=added)


def judged(criterion="GB1.1", on=make.TODAY):
    result = evaluation_of(make.school(), set_id="2025", as_of=on).criterion(criterion)
    return result.status, result.judged


# What is said, what is shown until when, and how it is judged on 5 Feb 2026: a careers leader can check each row.
TABLE = [
    # said         evidence until       status         judged
    (None, None, "unscored", "unscored"),
    (None, date(2026, 8, 31), "unscored", "unscored"),  # evidence alone states nothing
    ("met", None, "met", "stated_no_evidence"),
    ("met", date(2026, 8, 31), "met", "stated"),
    ("met", date(2026, 2, 5), "met", "stated"),  # it holds on its last day
    ("met", date(2026, 2, 4), "met", "stated_no_evidence"),  # it ran out yesterday
    ("in_progress", date(2026, 8, 31), "in_progress", "stated"),
    ("not_met", None, "not_met", "stated_no_evidence"),
]


@pytest.mark.parametrize(("said", "until", "status", "how"), TABLE)
def test_a_practice_criterion_is_judged_as_it_is_stated(said, until, status, how):
    if said:
        say(said)
    if until:
        show(added=date(2025, 10, 1), until=until)
    assert judged() == (status, how)


def test_the_percent_of_a_benchmark_counts_what_was_stated_and_leaves_out_what_nobody_said():
    """GB1 has four practice criteria: two stated fully, one partly, one by nobody, is 2 of 3, 66%."""
    for criterion, answer in (("GB1.1", "met"), ("GB1.2", "met"), ("GB1.3", "in_progress")):
        say(answer, criterion=criterion)
    first = as_json(evaluation_of(make.school(), set_id="2025", as_of=make.TODAY), make.school())["benchmarks"][0]
    assert (first["criteria_met"], first["criteria_scored"], first["percent"]) == (2, 3, 66)
    assert first["status"] == "in_progress"
    assert [one["judged"] for one in first["criteria"]] == ["stated_no_evidence"] * 3 + ["unscored"]


def test_a_later_statement_stands_from_its_day_and_the_first_is_kept():
    first = say("in_progress", "Not yet agreed.", on=date(2025, 11, 1))
    say("met", "Agreed in January.", before=first.key, on=date(2026, 1, 20))
    assert judged(on=date(2025, 12, 31)) == ("in_progress", "stated_no_evidence")
    assert judged() == ("met", "stated_no_evidence")
    assert Statement.objects.count() == 2


def test_of_two_at_once_the_second_is_told_to_look_again():
    say("met", "Mine.", by=make.careers_leader("Priya Raman"))
    with pytest.raises(JudgementRefusedError, match="Priya Raman stated this criterion meanwhile"):
        say("not_met", "Yours.", by=make.careers_leader("Sam Second"))
    assert Statement.objects.get().answer == "met"


def test_the_same_form_sent_twice_states_once():
    leader = make.careers_leader()
    assert say(by=leader).pk == say(by=leader).pk
    assert Event.objects.filter(noun="statement").count() == 1


def test_taken_back_the_one_before_stands_again_and_undo_brings_it_back():
    first = say("in_progress", "Half.")
    second = say("met", "All.", before=first.key)
    by = make.viewer(make.careers_leader())
    judging.take_back(row=second, by=by, at=make.NOW)
    assert judged()[0] == "in_progress"
    judging.put_back(row=second, by=by, at=make.NOW)
    assert judged()[0] == "met"
    with pytest.raises(JudgementRefusedError):
        judging.put_back(row=second, by=by, at=make.NOW)


def test_a_counted_criterion_keeps_its_count_beside_what_is_said_of_it():
    make.students(2)
    one = make.student(year=11, group="11A")
    make.participation(one, make.activity(meaningful=True))
    say("all", "I believe all had one.", criterion="GB5.1")
    result = evaluation_of(make.school(), set_id="2025", as_of=make.TODAY).criterion("GB5.1")
    assert (result.status, result.judged, result.said.status, result.share.label) == (
        "in_progress",
        "recorded",
        "all",
        "1 of 3",
    )


def test_the_audit_keeps_that_it_was_stated_and_never_the_words():
    say(words="Something about Amara Ode.")
    event = Event.objects.get(noun="statement")
    assert event.detail["after"] == "met" and "Amara" not in str(event.detail)


def test_what_another_school_states_is_not_ours():
    elsewhere = About(make.school("Other School"), "2025", "GB1.1", YEAR)
    judging.state(
        about=elsewhere,
        answer="met",
        words="Theirs.",
        before="",
        by=make.viewer(make.careers_leader()),
        at=make.NOW,
        on=make.TODAY,
    )
    assert judged() == ("unscored", "unscored")

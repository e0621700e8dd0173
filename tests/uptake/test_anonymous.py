"""An anonymous answer attacked with the whole database in hand: by time, by order, by key, by small groups."""

import re
import sqlite3
from datetime import timedelta
from itertools import pairwise

import pytest
from django.apps import apps
from django.db import connection, models

from pathbook.audit.models import Event
from pathbook.uptake.models import SurveyComment, SurveyMark, SurveyResponse, SurveyTally
from pathbook.uptake.queries.results import results_of
from tests import make

pytestmark = pytest.mark.django_db
ANONYMOUS = (SurveyMark, SurveyTally, SurveyComment)
AFTER = make.TODAY + timedelta(days=14)


def everything():
    """Every row of every table, by table, as somebody with the file reads it: with SQLite's own row number."""
    with connection.cursor() as cursor:
        found = {}
        for model in apps.get_models():
            cursor.execute(f'SELECT rowid, * FROM "{model._meta.db_table}"')
            found[model._meta.db_table] = cursor.fetchall()
    return found


def changed(before, after):
    return {table for table in after if before[table] != after[table]}


def test_no_time_stands_beside_an_answer_or_a_mark():
    kinds = (models.DateField, models.DateTimeField, models.TimeField)
    assert [f for model in ANONYMOUS for f in model._meta.fields if isinstance(f, kinds)] == []


def test_answering_leaves_a_mark_counts_and_words_and_no_event():
    first, *_ = make.students(6)
    survey, by = make.survey(), make.viewer(make.as_student(first))
    before, events = everything(), Event.objects.count()
    make.answered(survey, first, {"know_programme": "5", "better": "More visits"}, by=by)
    after = everything()
    assert changed(before, after) - {"sqlite_sequence"} == {
        "uptake_surveymark", "uptake_surveytally", "uptake_surveycomment",
    }  # fmt: skip
    assert Event.objects.count() == events and not SurveyResponse.objects.exists()


def test_what_stands_in_the_file_is_the_same_whoever_gave_which_answer():
    """Two students of one year and one sort change answers: no table but by lots is different."""
    one, other, *_ = make.students(6)
    seen = []
    for said in ({one: "5", other: "1"}, {one: "1", other: "5"}):
        survey = make.survey()
        for who, scale in said.items():
            make.answered(survey, who, {"know_programme": scale})
        tallies = SurveyTally.objects.filter(survey=survey).order_by("part", "value")
        marks = SurveyMark.objects.filter(survey=survey).order_by("student")
        seen.append(([(t.part, t.value, t.answered, t.counts) for t in tallies], [m.student_id for m in marks]))
    assert seen[0] == seen[1]


def test_every_number_is_a_lot_and_the_rowid_itself():
    """A key that is not SQLite's rowid would leave one beside it that counts up in the order of answering."""
    students = make.students(40)
    survey = make.survey()
    for n, one in enumerate(students):
        make.answered(survey, one, {"know_programme": "5", "better": f"Words {n}"})
    rows = {model: everything()[model._meta.db_table] for model in ANONYMOUS}
    for model, found in rows.items():
        assert all(row[0] == row[1] for row in found), model
    came = {f"Words {n}": n for n in range(40)}
    order = [came[row.words] for row in SurveyComment.objects.order_by("pk")]
    marks = {row.student_id: row.pk for row in SurveyMark.objects.all()}
    by_mark = sorted(range(40), key=lambda n: marks[students[n].pk])
    assert order != sorted(order) and by_mark != sorted(by_mark) and order != by_mark
    ups = sum(a < b for a, b in pairwise(order))
    assert 8 <= ups <= 31  # as lots fall; in the order of answering it would be 39


def test_counts_keep_the_order_of_the_bank_and_not_of_the_first_answer():
    first, *_ = make.students(6)
    survey = make.survey()
    before = list(SurveyTally.objects.get(survey=survey, part="all").counts["most_useful"])
    make.answered(survey, first, {"most_useful": ["online", "guidance"]})
    assert list(SurveyTally.objects.get(survey=survey, part="all").counts["most_useful"]) == before


def test_nothing_is_kept_by_two_things_at_once():
    make.students(6, sen="K")
    survey = make.survey()
    assert {(row.part, bool(row.value)) for row in SurveyTally.objects.filter(survey=survey)} == {
        ("all", False), ("year", True), ("sen", True), ("premium", True),
    }  # fmt: skip


def test_watching_the_last_answer_shows_nothing_because_nothing_is_shown_before_it_closes():
    students = make.students(30)
    survey, shown = make.survey(), []
    for one in students:
        make.answered(survey, one, {"know_programme": "5"})
        shown.append(results_of(survey, on=make.TODAY, broken_down=True).answers)
    assert set(shown) == {()}
    assert results_of(survey, on=AFTER, broken_down=True).answers


def test_a_closed_survey_takes_no_more_and_does_not_open_again():
    first, *rest = make.students(8)
    survey = make.survey()
    for one in rest:
        make.answered(survey, one, {"know_programme": "5"})
    with pytest.raises(Exception, match="closed"):
        make.answered(survey, first, {"know_programme": "1"}, on=AFTER)
    assert SurveyTally.objects.get(survey=survey, part="all").answered == 7
    assert not SurveyMark.objects.filter(student=first).exists()


def test_fewer_than_five_answers_show_nothing():
    students = make.students(8)
    survey = make.survey()
    for one in students[:4]:
        make.answered(survey, one, {"know_programme": "5", "better": "secret words"})
    found = results_of(survey, on=AFTER, broken_down=True)
    assert found.answers == () and "Fewer than 5" in found.waits


def test_the_whole_file_holds_no_answer_beside_a_name(tmp_path):
    """Read as bytes too: words a student wrote stand in one row, which holds nothing of theirs."""
    first, *_ = make.students(6)
    survey = make.survey()
    make.answered(survey, first, {"better": "Zebra crossing"})
    rows = [(table, row) for table, found in everything().items() for row in found if "Zebra crossing" in map(str, row)]
    assert [table for table, _ in rows] == ["uptake_surveycomment"]
    known = {str(first.pk), first.key, first.legal_surname}
    assert not known & {str(cell) for cell in rows[0][1]} - {str(survey.pk)}
    assert sqlite3.sqlite_version and not re.search(first.key, str(rows))

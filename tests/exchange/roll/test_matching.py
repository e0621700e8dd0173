"""Which student a row is about, and what a second import makes of the first."""

from datetime import date

import pytest

from pathbook.audit.models import Event
from pathbook.exchange.models import ImportRun
from pathbook.exchange.roll import undo as undoing
from pathbook.exchange.roll.apply import NotApplied
from pathbook.people.models import Enrolment, FormerName, FormerUpn, Student, SubjectStudied, TutorGroup
from pathbook.people.visibility import command_line
from pathbook.records.actions import inviting
from pathbook.records.models import Participation
from tests import make
from tests.exchange.roll.school import AMARA, BO, CAI, HEAD, NOW, THREE, TODAY, bring_in, counts, look_at

pytestmark = pytest.mark.django_db
SEPTEMBER = date(2026, 9, 2)


def everything():
    """The whole of what an import may touch, as values."""
    models = (Student, Enrolment, TutorGroup, FormerName, FormerUpn, SubjectStudied)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def undo(run):
    return undoing.undo(run=run, by=command_line(make.school()), at=NOW, on=TODAY)


def test_a_list_filled_by_rule_follows_the_roll_and_is_taken_back_with_it(tmp_path):
    talk = make.activity("Talk", on=date(2026, 3, 5), rule=[{"years": [10]}])
    stays = make.student("Stays", year=10)
    inviting.put_down(activity=talk, by=command_line(make.school()), at=NOW, on=TODAY)
    done = bring_in(tmp_path, HEAD + AMARA)
    down = Participation.objects.filter(activity=talk)
    assert done.lists.added == 1 and down.filter(by_rule=True).count() == 2
    undo(done.run)
    assert [row.student_id for row in down] == [stays.pk]
    said = Event.objects.filter(noun="activity", noun_id=talk.pk, detail__by_rule=True).values_list("verb", flat=True)
    assert sorted(said) == ["created", "created", "removed"]


def test_the_second_run_of_the_same_file_changes_nothing(tmp_path):
    assert counts(bring_in(tmp_path, THREE).plan) == {"new": 3}
    before = everything()
    assert counts(bring_in(tmp_path, THREE).plan) == {"same": 3}
    assert everything() == before


def test_a_list_of_names_and_years_alone_can_be_imported_twice(tmp_path):
    text = 'Name,Year Group\n"Ode, Amara",Year 10\nBo van der Berg,Y9\nMononym,7\n'
    assert counts(bring_in(tmp_path, text).plan) == {"new": 3}
    assert counts(bring_in(tmp_path, text).plan) == {"same": 3}
    assert Student.objects.filter(legal_surname="van der Berg", legal_forename="Bo").exists()


def test_a_student_is_found_by_upn_when_the_own_id_is_new(tmp_path):
    bring_in(tmp_path, THREE)
    done = bring_in(tmp_path, HEAD + AMARA.replace("0001,", "9001,", 1))
    assert counts(done.plan) == {"changed": 1}
    assert Student.objects.get(upn="H801200001001").mis_id == "9001"


def test_a_temporary_upn_gives_way_and_is_kept_as_former(tmp_path):
    bring_in(tmp_path, HEAD + AMARA.replace("H801200001001", "X00180001701A"))
    bring_in(tmp_path, HEAD + AMARA)
    student = Student.objects.get()
    assert student.upn == "H801200001001" and FormerUpn.objects.get().upn == "X00180001701A"
    back = bring_in(tmp_path, HEAD + AMARA.replace("H801200001001", "X00180001701A").replace("0001,", "0001,"))
    assert Student.objects.get().upn == "H801200001001", "a temporary number never replaces a permanent one"
    assert any("temporary" in p.message for p in back.plan.problems)


def test_a_student_is_found_by_a_former_upn(tmp_path):
    bring_in(tmp_path, HEAD + AMARA.replace("H801200001001", "X00180001701A"))
    bring_in(tmp_path, HEAD + AMARA)
    head = "UPN,Surname,Forename,DOB,Year\n"
    found = bring_in(tmp_path, head + "X00180001701A,Ode,Amara,14/03/2011,10\n")
    assert counts(found.plan) == {"same": 1}


def test_a_new_legal_name_keeps_the_old_one_as_former(tmp_path):
    bring_in(tmp_path, THREE)
    bring_in(tmp_path, HEAD + AMARA.replace("Ode", "Stone"))
    assert Student.objects.get(mis_id="0001").legal_surname == "Stone"
    assert FormerName.objects.get().surname == "Ode"
    bring_in(tmp_path, HEAD + AMARA.replace("Ode", "Stone"))
    assert FormerName.objects.count() == 1


def test_zeros_a_spreadsheet_dropped_are_seen_through(tmp_path):
    bring_in(tmp_path, THREE)
    done = bring_in(tmp_path, HEAD.replace("UPN,", "") + "1,Ode,Amara,14/03/2011,10,10B,K,Y\n")
    assert counts(done.plan) == {"same": 1}
    assert Student.objects.filter(mis_id="0001").exists()


def test_a_match_by_name_waits_to_be_confirmed(tmp_path):
    make.student("Amara", "Ode", date_of_birth=date(2011, 3, 14), year=10)
    asked = look_at(tmp_path, HEAD + AMARA)
    assert counts(asked) == {} and len(asked.questions) == 1
    assert any("--confirm-matches" in p.message and p.line == 2 for p in asked.problems)
    assert counts(bring_in(tmp_path, HEAD + AMARA, confirm_all=True).plan) == {"changed": 1}
    assert Student.objects.get().upn == "H801200001001"


def test_an_own_id_given_to_somebody_else_is_asked(tmp_path):
    bring_in(tmp_path, THREE)
    asked = look_at(tmp_path, HEAD.replace("UPN,", "") + "0001,Quill,Nia,23/05/2012,9,9A,,\n")
    assert counts(asked) == {} and "own id belongs to another name" in asked.problems[0].message


def test_numbers_of_two_students_in_one_row_are_left_to_a_person(tmp_path):
    bring_in(tmp_path, THREE)
    mixed = look_at(tmp_path, HEAD + "0002,H801200001001,van der Berg,Bo,23/05/2011,10,10B,,\n")
    assert counts(mixed) == {} and "two different students" in mixed.problems[0].message


def test_twins_are_two_students(tmp_path):
    text = "Surname,Forename,DOB,Year\nOde,Amara,14/03/2011,10\nOde,Ada,14/03/2011,10\n"
    assert counts(bring_in(tmp_path, text).plan) == {"new": 2}
    assert counts(bring_in(tmp_path, text).plan) == {"same": 2}


def test_two_rows_for_one_student_are_both_left_out(tmp_path):
    bring_in(tmp_path, THREE)
    text = HEAD + AMARA + ",H801200001001,Ode,Amara,14/03/2011,10,10C,,\n"
    plan = look_at(tmp_path, text)
    assert counts(plan) == {} and {p.line for p in plan.errors()} == {2, 3}


def test_without_full_nobody_leaves_and_with_it_the_absent_do(tmp_path):
    bring_in(tmp_path, THREE)
    assert counts(bring_in(tmp_path, HEAD + AMARA).plan) == {"same": 1}
    done = bring_in(tmp_path, HEAD + AMARA, whole_roll=True)
    assert counts(done.plan) == {"same": 1, "leaving": 2}
    assert Student.objects.count() == 3, "never deleted"
    assert list(Enrolment.objects.filter(end_date=date(2026, 2, 4)).values_list("student__mis_id", flat=True)) == [
        "0002",
        "0003",
    ]
    assert counts(bring_in(tmp_path, HEAD + AMARA, whole_roll=True).plan) == {"same": 1}


def test_a_row_with_an_error_does_not_make_its_student_leave(tmp_path):
    bring_in(tmp_path, THREE)
    done = bring_in(tmp_path, HEAD + AMARA + BO.replace(",10,", ",42,") + CAI, whole_roll=True)
    assert counts(done.plan) == {"same": 2} and done.plan.left_out == 1


def test_a_file_with_no_usable_row_makes_nobody_leave(tmp_path):
    bring_in(tmp_path, THREE)
    with pytest.raises(NotApplied, match="None of the 1 rows"):
        bring_in(tmp_path, HEAD + AMARA.replace(",10,", ",42,"), whole_roll=True)
    assert Enrolment.objects.filter(end_date=None).count() == 3


def test_somebody_who_left_comes_back(tmp_path):
    bring_in(tmp_path, THREE)
    bring_in(tmp_path, HEAD + AMARA + CAI, whole_roll=True)
    done = bring_in(tmp_path, THREE, on=date(2026, 3, 2), whole_roll=True)
    assert counts(done.plan) == {"same": 2, "changed": 1}
    spells = list(Enrolment.objects.filter(student__mis_id="0002").order_by("pk").values_list("start_date", "end_date"))
    assert spells == [(date(2025, 9, 1), date(2026, 2, 4)), (date(2026, 3, 2), None)]


def test_the_september_roll_moves_everyone_up_and_leavers_are_kept(tmp_path):
    bring_in(tmp_path, THREE + "0009,,Elder,Eve,01/12/2009,11,11A,,\n")
    next_year = (THREE.replace(",10,", ",11,").replace("10B", "11B").replace("10C", "11C")
                 + "0010,,New,Nia,23/10/2014,7,7A,,\n")  # fmt: skip
    done = bring_in(tmp_path, next_year, on=SEPTEMBER, whole_roll=True)
    assert counts(done.plan) == {"new": 1, "changed": 3, "leaving": 1}
    assert set(Enrolment.objects.filter(academic_year=2025).values_list("end_date", flat=True)) == {date(2026, 8, 31)}
    now = Enrolment.objects.filter(academic_year=2026)
    assert {(e.student.legal_forename, e.year_group, e.tutor_group.name) for e in now} == {
        ("Amara", 11, "11B"), ("Bo", 11, "11B"), ("Cai", 11, "11C"), ("Nia", 7, "7A")}  # fmt: skip
    assert now.get(student__mis_id="0001").sen == "K"
    assert counts(bring_in(tmp_path, next_year, on=SEPTEMBER, whole_roll=True).plan) == {"same": 4}


def test_what_a_file_does_not_say_is_carried_into_the_new_year(tmp_path):
    bring_in(tmp_path, THREE)
    bring_in(tmp_path, "Admission No,Surname,Forename,Year\n0001,Ode,Amara,11\n", on=SEPTEMBER)
    now = Enrolment.objects.get(academic_year=2026)
    assert (now.sen, now.pupil_premium, now.tutor_group) == ("K", True, None)


def test_moving_tutor_group_in_the_year_is_a_change_and_nothing_else(tmp_path):
    bring_in(tmp_path, THREE)
    done = bring_in(tmp_path, HEAD + AMARA.replace("10B", "10c"))
    assert done.plan.of_kind("changed")[0].said == [("Tutor group", "10B", "10c")]
    assert Enrolment.objects.get(student__mis_id="0001").tutor_group.name == "10C", "the group that is there already"
    assert TutorGroup.objects.count() == 2


def test_a_leaver_in_the_file_leaves_and_an_unknown_one_is_not_made(tmp_path):
    bring_in(tmp_path, THREE)
    text = ("Admission No,Surname,Forename,Year,Enrolment Status,Leaving Date\n"
            "0001,Ode,Amara,10,Leaver,23/01/2026\n0099,Gone,Gil,10,Leaver,23/01/2026\n0002,van der Berg,Bo,10,S,\n")  # fmt: skip
    done = bring_in(tmp_path, text)
    assert counts(done.plan) == {"leaving": 1, "changed": 1}
    assert Enrolment.objects.get(student__mis_id="0001").end_date == date(2026, 1, 23)
    assert Enrolment.objects.get(student__mis_id="0002").registration == "subsidiary"
    assert not Student.objects.filter(mis_id="0099").exists()


def test_subjects_are_replaced_when_said_and_kept_when_blank(tmp_path):
    head = "Admission No,Surname,Forename,Year,Subjects\n"
    bring_in(tmp_path, head + "1,Ode,Amara,10,Maths; Art\n")
    bring_in(tmp_path, head + "1,Ode,Amara,10,Maths; Drama\n")
    assert set(SubjectStudied.objects.values_list("subject", flat=True)) == {"Maths", "Drama"}
    assert counts(bring_in(tmp_path, head + "1,Ode,Amara,10,\n").plan) == {"same": 1}


def test_undo_puts_everything_back_exactly(tmp_path):
    bring_in(tmp_path, THREE)
    before = everything()
    later = (
        THREE.replace("Ode", "Stone")
        .replace(",10,", ",11,")
        .replace("10B", "11B")
        .replace("H801200001001", "X801200001002")
    )
    done = bring_in(
        tmp_path, later.replace(CAI, "") + "0010,,New,Nia,23/10/2014,7,7A,,\n", on=SEPTEMBER, whole_roll=True
    )
    assert everything() != before
    undo(done.run)
    assert everything() == before
    assert ImportRun.objects.get(pk=done.run.pk).state == "undone"


def test_undo_of_the_first_import_leaves_an_empty_school(tmp_path):
    done = bring_in(tmp_path, THREE)
    undo(done.run)
    assert not any(everything().values())
    with pytest.raises(undoing.CannotUndoError, match="already"):
        undo(done.run)


def test_undo_is_refused_when_something_rests_on_the_import(tmp_path):
    done = bring_in(tmp_path, THREE)
    make.participation(Student.objects.get(mis_id="0001"), make.activity())
    before = everything()
    with pytest.raises(undoing.CannotUndoError, match="1 participation recorded since"):
        undo(done.run)
    assert everything() == before


def test_undo_is_refused_when_a_later_import_came(tmp_path):
    first = bring_in(tmp_path, THREE)
    bring_in(tmp_path, HEAD + AMARA.replace("10B", "10C"), name="later.csv")
    with pytest.raises(undoing.CannotUndoError, match=r"later\.csv was imported after this one"):
        undo(first.run)


def test_undo_is_refused_when_a_changed_student_was_changed_again(tmp_path):
    bring_in(tmp_path, THREE)
    done = bring_in(tmp_path, HEAD + AMARA.replace("Ode", "Stone"))
    Student.objects.filter(mis_id="0001").update(legal_surname="Wall")
    with pytest.raises(undoing.CannotUndoError, match="1 student was changed since"):
        undo(done.run)


def test_each_student_touched_has_an_event_and_the_rest_have_none(tmp_path):
    bring_in(tmp_path, THREE)
    assert Event.objects.filter(noun="student", verb="imported").count() == 3
    bring_in(tmp_path, HEAD + AMARA.replace("Ode", "Stone") + BO)
    event = Event.objects.filter(noun="student", verb="imported").latest("pk")
    assert Event.objects.filter(noun="student").count() == 4
    assert event.detail["fields"] == ["Legal surname"], "which, never what: the audit outlives the name"


def test_the_queries_are_the_same_for_three_and_for_three_hundred(tmp_path, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked(rows, start):
        text = HEAD + "".join(
            f"{n:05},,Name{n % 7}x,Given{chr(97 + n % 26)},23/01/2011,10,10B,N,\n" for n in range(start, start + rows)
        )
        with CaptureQueriesContext(connection) as queries:
            bring_in(tmp_path, text, school=place)
        return len(queries)

    place = make.school()
    asked(1, 0)
    assert asked(3, 10) == asked(300, 1000)

"""`pathbook needs` as a person and a machine run it, on a school of its own."""

import json
import os

import pytest

from tests import built, warm

ENV = {k: v for k, v in os.environ.items() if not k.startswith(("PATHBOOK", "DJANGO"))}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A small demo school."""
    made = tmp_path_factory.mktemp("needs") / "school"
    built.demo(made, "--students", 120, "--activities", 30, "--years", 2, "--today", "2026-02-05", env=ENV)
    return made


def run(folder, *words, by=warm.pathbook):
    return by(*words, "--data", folder, env=ENV)


def said(folder, *words, by=warm.pathbook):
    done = run(folder, "needs", "--as-of", "2026-02-05", "--json", *words, by=by)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_it_says_the_documented_shape_most_urgent_first(folder):
    students = said(folder)
    assert students
    for one in students:
        assert set(one) == {"student_id", "upn", "needs"}
        severities = [need["severity"] for need in one["needs"]]
        assert severities == sorted(severities, reverse=True) and all(0 <= s <= 1 for s in severities)
        for need in one["needs"]:
            assert set(need) == {"code", "criterion", "reason", "evidence", "due", "severity", "suggested"}
            assert all(set(e) == {"kind", "id"} for e in need["evidence"])
    firsts = [one["needs"][0]["severity"] if one["needs"] else -1 for one in students]
    assert firsts == sorted(firsts, reverse=True)


def test_the_same_school_gives_the_same_order(folder):
    assert said(folder) == said(folder, by=warm.cold)


def test_every_criterion_coverage_calls_unmet_is_a_need(folder):
    done = run(folder, "coverage", "--as-of", "2026-02-05", "--json")
    unmet = {
        (one["student_id"], row)
        for one in json.loads(done.stdout)["students"]
        for row, verdict in one["criteria"].items()
        if not verdict["met"] and not row.startswith("GB6.G") and row not in ("GB3.2", "GB7.1")
    }
    needed = {
        (one["student_id"], need["criterion"]) for one in said(folder) for need in one["needs"] if need["criterion"]
    }
    assert needed == unmet


def test_a_year_group_and_a_student_by_upn(folder):
    whole = said(folder)
    some = said(folder, "--year-group", "11")
    assert 0 < len(some) < len(whole) and all(one in whole for one in some)
    with_upn = next(one for one in whole if one["upn"])
    assert said(folder, "--student", with_upn["upn"]) == [with_upn]


def test_a_person_reads_a_table_and_an_unknown_student_is_refused_in_one_line(folder):
    table = run(folder, "needs", "--year-group", "11", "--as-of", "2026-02-05")
    assert table.returncode == 0 and "Next step" in table.stdout
    refused = run(folder, "needs", "--student", "NOBODY")
    assert (
        refused.returncode == 1
        and refused.stderr.startswith("pathbook: no student")
        and refused.stderr.count("\n") == 1
    )

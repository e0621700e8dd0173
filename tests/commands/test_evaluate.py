"""`pathbook evaluate` as a person reads it, on the narrowest terminal there is."""

import json

import pytest

from pathbook.framework.sets import load


@pytest.mark.parametrize("set_id", ["2025", "2018"])
def test_every_criterion_stands_with_its_count_and_status_in_80_columns(pathbook, monkeypatch, set_id):
    monkeypatch.setenv("COLUMNS", "80")
    pathbook("init", "--name", "Marlow High", "--urn", 123456)
    said = pathbook("evaluate", "--set", set_id, "--as-of", "2026-02-01").stdout
    table = [line for line in said.splitlines() if line.startswith("│")]
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in table]
    stated = {row[0]: (row[3], row[4]) for row in rows if row[0]}
    quantities = [
        one.id for benchmark in load(set_id).benchmarks for one in benchmark.criteria if one.kind == "quantity"
    ]
    assert quantities
    assert all(stated[one] == ("0 of 0", "Not scored") for one in quantities), stated
    assert max(map(len, table)) <= 80


def test_by_group_for_people_and_for_machines_and_what_it_refuses(pathbook, tmp_path):
    pathbook("init", "--name", "Marlow High", "--urn", 123456)
    roll = tmp_path / "roll.csv"
    rows = [f"X{n:03},Family{n},Given{n},Year 11,11A,{'YN'[n % 2]},{'MF'[n % 2]}" for n in range(24)]
    heads = "Admission No,Surname,Forename,Year Group,Reg Group,Pupil Premium,Sex"
    roll.write_text("\n".join([heads, *rows]))
    brought = pathbook("import", "students", roll)
    assert brought.returncode == 0, brought.stderr
    told = json.loads(pathbook("evaluate", "--by", "pp", "--json").stdout)
    assert [one["by"] for one in told["equity"]] == ["pp"] and told["gaps"] == []
    employers = next(one for one in told["equity"][0]["criteria"] if one["id"] == "GB5.1")
    counted = [(one["group"], one["numerator"], one["denominator"]) for one in employers["groups"]]
    assert counted == [("Pupil premium", 0, 12), ("Not pupil premium", 0, 12)]
    every = pathbook("evaluate", "--equity")
    assert every.returncode == 0 and "By tutor group" in every.stdout and "By SEN" in every.stdout
    refused = pathbook("evaluate", "--by", "shoe")
    assert refused.returncode != 0 and "Use one of sex, pp" in refused.stderr

"""`pathbook evaluate` as a person reads it, on the narrowest terminal there is."""

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

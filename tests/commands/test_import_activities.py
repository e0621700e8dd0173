"""`pathbook import activities`: dry run, import, and the same undo as the roll's."""

import json

ROLL = "Admission No,Surname,Forename,DOB,Year,Reg\n1,Ode,Amara,13/05/2010,11,11A\n2,Lee,Bo,14/05/2010,11,11A\n"
PAST = "Admission No,Activity,Date,Attended\n1,Careers fair,13/10/2025,Y\n2,Careers fair,13/10/2025,N\n9,Careers fair,13/10/2025,Y\n"


def test_a_past_programme_comes_in_counts_and_goes_out(pathbook, tmp_path):
    (tmp_path / "roll.csv").write_text(ROLL)
    (tmp_path / "past.csv").write_text(PAST)
    pathbook("init", "--name", "Marlow High", "--urn", 123456)
    assert pathbook("import", "students", tmp_path / "roll.csv").returncode == 0
    dry = json.loads(pathbook("import", "activities", tmp_path / "past.csv", "--dry-run", "--json").stdout)
    assert (dry["applied"], dry["activities"], dry["new"], dry["import_id"]) == (False, 1, 2, None)
    assert [problem["line"] for problem in dry["problems"]] == [4]
    refused = pathbook("import", "activities", tmp_path / "past.csv", "--strict")
    assert refused.returncode == 1 and refused.stderr.count("\n") == 1
    done = json.loads(pathbook("import", "activities", tmp_path / "past.csv", "--json").stdout)
    assert done["applied"] and done["new"] == 2
    again = json.loads(pathbook("import", "activities", tmp_path / "past.csv", "--json").stdout)
    assert (again["new"], again["changed"], again["same"]) == (0, 0, 2)
    assert pathbook("import", "undo", done["import_id"]).returncode == 0
    after = json.loads(pathbook("import", "activities", tmp_path / "past.csv", "--dry-run", "--json").stdout)
    assert after["new"] == 2

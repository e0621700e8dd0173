"""`pathbook record` and `pathbook import record`: from one school's folder to another's, checked on the way."""

import json
import stat
import zipfile

ROLL = "Admission No,UPN,Surname,Forename,DOB,Year,Reg\n{n},H801200001001,Ode,Amara,13/05/2010,11,11A\n"
PAST = "Admission No,Activity,Date,Attended\n1,Visit to the law courts,13/10/2025,Y\n1,Careers fair,14/10/2025,N\n"


def two_schools(pathbook, tmp_path):
    north, hill = tmp_path / "north", tmp_path / "hill"
    for folder, name, urn, n in ((north, "Northbridge", 100001, 1), (hill, "Hillside", 100002, 2)):
        (tmp_path / "roll.csv").write_text(ROLL.format(n=n))
        assert pathbook("init", "--name", name, "--urn", urn, data=folder).returncode == 0
        assert pathbook("import", "students", tmp_path / "roll.csv", data=folder).returncode == 0
    (tmp_path / "past.csv").write_text(PAST)
    assert pathbook("import", "activities", tmp_path / "past.csv", data=north).returncode == 0
    return north, hill


def test_a_record_is_written_checked_brought_in_and_taken_back(pathbook, tmp_path):
    north, hill = two_schools(pathbook, tmp_path)
    file, card = tmp_path / "amara.record.json", tmp_path / "north.key.json"
    assert stat.S_IMODE((north / "record-key.pem").stat().st_mode) == 0o600
    card.write_text(pathbook("record", "key", data=north).stdout)
    assert pathbook("record", "write", "--student", "H801200001001", "--out", file, data=north).returncode == 0
    refused = pathbook("import", "record", file, data=hill)
    assert refused.returncode == 1 and refused.stderr.count("\n") == 1 and "--trust KEYFILE" in refused.stderr
    dry = json.loads(pathbook("import", "record", file, "--trust", card, "--dry-run", "--json", data=hill).stdout)
    assert (dry["applied"], dry["new"], dry["import_id"]) == (False, 1, None)
    assert pathbook("import", "record", file, data=hill).returncode == 1, "a dry run trusts nobody"
    done = json.loads(pathbook("import", "record", file, "--trust", card, "--json", data=hill).stdout)
    assert done["applied"] and done["new"] == 1 and done["records"][0]["trust"] == "checked"
    again = json.loads(pathbook("import", "record", file, "--json", data=hill).stdout)
    assert (again["new"], again["changed"], again["same"]) == (0, 0, 1)
    assert pathbook("import", "undo", again["import_id"], data=hill).returncode == 0
    assert pathbook("import", "undo", done["import_id"], data=hill).returncode == 0
    after = json.loads(pathbook("import", "record", file, "--dry-run", "--json", data=hill).stdout)
    assert after["new"] == 1


def test_of_two_files_one_is_touched_and_neither_comes_in(pathbook, tmp_path):
    north, hill = two_schools(pathbook, tmp_path)
    good, bad = tmp_path / "good.record.json", tmp_path / "bad.record.json"
    assert pathbook("record", "write", "--student", "H801200001001", "--out", good, data=north).returncode == 0
    bad.write_text(good.read_text().replace("law courts", "lawn court"))
    refused = pathbook("import", "record", good, bad, "--unchecked", data=hill)
    assert refused.returncode == 1 and "changed after it was signed" in refused.stderr
    assert (
        json.loads(pathbook("import", "record", good, "--unchecked", "--dry-run", "--json", data=hill).stdout)["new"]
        == 1
    )
    assert pathbook("import", "record", tmp_path / "none", data=hill).returncode == 1


def test_a_whole_year_leaves_in_one_zip_and_no_more_than_that_year(pathbook, tmp_path):
    north, _ = two_schools(pathbook, tmp_path)
    out = tmp_path / "leavers.zip"
    assert pathbook("record", "write", "--leaving", 11, "--out", out, data=north).returncode == 0
    (name,) = zipfile.ZipFile(out).namelist()
    assert name.startswith("ode-amara-") and name.endswith(".record.json")
    for words in (("--leaving", 13), (), ("--leaving", 11, "--student", "H801200001001")):
        assert pathbook("record", "write", *words, "--out", tmp_path / "x", data=north).returncode == 1


def test_the_key_that_others_can_read_is_a_danger_and_stays_out_of_backups(pathbook, tmp_path):
    north, _ = two_schools(pathbook, tmp_path)
    assert pathbook("backup", tmp_path / "b.zip", data=north).returncode == 0
    assert "record-key.pem" not in zipfile.ZipFile(tmp_path / "b.zip").namelist()
    (north / "record-key.pem").chmod(0o644)
    found = pathbook("check", data=north)
    assert found.returncode == 1 and "record-key.pem" in found.stderr

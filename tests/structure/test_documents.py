"""What the documents say is so: their commands exist with those options, the extract's columns are described."""

import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from pathbook.exchange.extract.tables import TABLES
from tests import warm

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
LINES = sorted(
    {line.strip() for doc in DOCUMENTS for block in re.findall(r"```\n(.*?)```", doc.read_text(), flags=re.S)
     for line in block.splitlines() if line.startswith("./run")}
)  # fmt: skip


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A folder to run the documents in, with the file and school they speak of."""
    folder = tmp_path_factory.mktemp("documents")
    (folder / "roll.csv").write_text(
        "Admission No,UPN,Surname,Forename,DOB,Year,Reg\n1,H801200001001,Ode,Amara,13/05/2010,11,11A\n",
        encoding="utf-8",
    )
    (folder / "past.csv").write_text("UPN,Activity,Date\nH801200001001,Careers fair,13/10/2025\n", encoding="utf-8")
    return folder


def run(line, folder, by):
    words = shlex.split(line)[1:]
    assert words.pop(0) == "pathbook"
    env = {k: v for k, v in os.environ.items() if not k.startswith("PATHBOOK")} | {"PYTHONPATH": str(ROOT)}
    return by(*words, cwd=folder, env=env)


def test_the_documents_commands_work_in_their_order(world):
    """The administrator's and the reader's first: they make the school the others ask. Each is started from nothing once."""
    lines = [line for line in LINES if line.startswith("./run pathbook")]
    order = ["init", "check", "migrate", "import students roll.csv --data school --dry-run", "import students", "import activities", "coverage",
             "evaluate", "forecast", "use", "needs", "allocate", "extract", "export", "report", "record"]  # fmt: skip
    ran, begun = set(), set()
    for start in order:
        for line in lines:
            if line.startswith(f"./run pathbook {start}") and line not in ran:
                ran.add(line)
                command = line.split()[2]
                done = run(line, world, warm.pathbook if command in begun else warm.cold)
                begun.add(command)
                assert done.returncode == 0, (line, done.stderr)
    left = {line for line in lines if line not in ran}
    assert all(" serve" in line or " undo " in line for line in left), left


def test_every_verb_of_run_is_in_the_readme():
    verbs = re.findall(r"^  (\w+)\)", (ROOT / "run").read_text(), flags=re.M)
    readme = (ROOT / "README.md").read_text()
    assert verbs and all(f"./run {verb}" in readme for verb in verbs)


def test_ci_calls_the_readmes_own_commands():
    ci = (ROOT / ".ci/run").read_text()
    assert "./run test" in ci and "./run check" in ci


def test_every_command_is_in_a_document():
    from pathbook.commands import COMMANDS

    said = "".join(doc.read_text() for doc in DOCUMENTS)
    assert [name for name in COMMANDS if f"pathbook {name}" not in said and f"./run {name}" not in said] == []


def test_every_table_and_column_of_the_extract_is_described():
    said = (ROOT / "docs/extract.md").read_text()
    for table in TABLES:
        section = said.split(f"## {table.name}\n")[1].split("\n## ")[0]
        assert re.findall(r"^\| (\w+) \| (\S+) \|", section, flags=re.M)[1:] == [
            (c.name, c.type) for c in table.columns
        ]


def test_every_decision_has_a_date_and_what_was_rejected():
    for page in (ROOT / "docs/decisions").glob("*.md"):
        text = page.read_text()
        assert re.search(r"^20\d\d-\d\d-\d\d$", text, flags=re.M), page
        assert len(text.splitlines()) < 60, page


def test_nothing_committed_names_a_path_of_the_machine():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True).stdout.split()
    for name in listed:
        path = ROOT / name
        if (
            path.suffix in (".py", ".md", ".toml", ".html", ".js", ".scss", ".json", ".txt", ".mjs", "")
            and path.is_file()
        ):
            assert "/work" + "/" not in path.read_text(encoding="utf-8", errors="replace"), name

"""The papers are written where they were asked for, and never over somebody's own."""


def test_six_papers_are_written_and_never_replaced(pathbook, tmp_path):
    pathbook("init", "--name", "Marlow High", "--urn", 123456)
    made = pathbook("privacy", tmp_path / "papers")
    assert made.returncode == 0 and len(list((tmp_path / "papers").glob("*.md"))) == 6, made.stderr
    (tmp_path / "papers/dpia.md").write_text("signed")
    again = pathbook("privacy", tmp_path / "papers")
    assert again.returncode == 1 and "there already" in again.stderr
    assert (tmp_path / "papers/dpia.md").read_text() == "signed"

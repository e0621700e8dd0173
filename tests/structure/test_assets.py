"""What is served is what the recipe built, and nothing of anyone's identity but ours."""

import hashlib
import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILT = json.loads((ROOT / "assets/built.json").read_text())
STATIC = ROOT / "pathbook/web/static/pathbook"
PRINTED = ROOT / "pathbook/sheets/fonts"


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_built_files_are_current():
    """If this fails: ./run assets, and commit what it wrote."""
    assert {name: digest(ROOT / "assets" / name) for name in BUILT["inputs"]} == BUILT["inputs"]
    assert {name: digest(STATIC / name) for name in BUILT["outputs"]} == BUILT["outputs"]
    assert {path.name: digest(path) for path in PRINTED.iterdir()} == BUILT["printed"]
    assert {path.name for path in (ROOT / "assets/scss").iterdir()} == {
        Path(name).name for name in BUILT["inputs"] if name.startswith("scss/")
    }


def test_nothing_in_the_package_is_the_governments():
    for path in (ROOT / "pathbook").rglob("*"):
        if path.suffix in (".css", ".html", ".js", ".svg"):
            said = path.read_text(encoding="utf-8").lower()
            assert "gds transport" not in said and "govuk-logotype" not in said and "crown" not in said, path
        assert "gds" not in path.name.lower() and "crown" not in path.name.lower()


def test_no_asset_reaches_outside():
    for path in STATIC.rglob("*"):
        if path.suffix in (".css", ".js"):
            text = path.read_text(encoding="utf-8")
            urls = re.findall(r"""(?:url\(|import\s*\(?|src=)["']?(https?:)?//""", text)
            assert not urls, path


def test_the_first_load_is_light():
    import gzip

    first = ["app.css", "htmx.min.js", "pathbook.js", "fonts/atkinson-hyperlegible-latin-400-normal.woff2",
             "fonts/atkinson-hyperlegible-latin-700-normal.woff2"]  # fmt: skip
    packed = [len(gzip.compress((STATIC / name).read_bytes(), 9)) if not name.endswith("woff2") else
              (STATIC / name).stat().st_size for name in first]  # fmt: skip
    assert sum(packed) <= 120_000


def test_no_lock_file_names_where_packages_came_from():
    for lock in (ROOT / "assets/package-lock.json", *(ROOT / "requirements").glob("*.txt")):
        assert '"resolved"' not in lock.read_text() and "--index-url" not in lock.read_text()

"""A wheel built from the tree, installed in a clean environment of its own, starts: templates and data included."""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(*words, **kept):
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=400, **kept)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    built = run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    assert built.returncode == 0, built.stderr
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_templates_styles_and_data(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for wanted in (
        "pathbook/web/templates/base.html", "pathbook/web/templates/components/field.html",
        "pathbook/web/static/pathbook/app.css", "pathbook/framework/data/gatsby-2025.json",
        "pathbook/people/migrations/0001_initial.py",
    ):  # fmt: skip
        assert wanted in names
    assert not [name for name in names if name.startswith(("tests/", "bench/", "assets/"))]


def test_it_starts_in_a_clean_environment(wheel, tmp_path):
    """From the locked requirements; where no package index can be reached, it says so and is skipped."""
    venv.create(tmp_path / "env")
    python = tmp_path / "env/bin/python"
    # our own pip, at work in there; what is never imported need not be compiled
    install = (sys.executable, "-m", "pip", "--python", python, "install", "-q", "--no-compile")
    got = run(*install, "--require-hashes", "-r", ROOT / "requirements/run.txt")
    if got.returncode:
        pytest.skip(f"the locked packages cannot be had here: {got.stderr.strip().splitlines()[-1][:200]}")
    assert run(*install, "--no-deps", "--no-index", wheel).returncode == 0
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PATHBOOK", "DJANGO", "PYTHON"))}
    command, data = tmp_path / "env/bin/pathbook", tmp_path / "school"
    checked = run(command, "check", "--data", data, cwd=tmp_path, env=env)
    assert checked.returncode == 0 and "is sound" in checked.stdout, checked.stderr
    built = run(command, "demo", "--build-only", "--students", 20, "--years", 1, "--data", data, cwd=tmp_path, env=env)
    assert built.returncode == 0, built.stderr
    page = run(
        python, "-c",
        "import os; os.environ['DJANGO_SETTINGS_MODULE']='pathbook.config.settings'; import django; django.setup();"
        "from django.test import Client; r = Client().get('/sign-in/'); print(r.status_code, 'Sign in' in r.content.decode());"
        "r = Client().get('/static/pathbook/app.css'); print(r.status_code)",
        cwd=tmp_path, env=env | {"PATHBOOK_DATA": str(data)},
    )  # fmt: skip
    assert page.stdout.split() == ["200", "True", "200"], page.stdout + page.stderr

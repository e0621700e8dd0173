"""A real server on a real folder, and the system's own Chromium: what a person would meet."""

import functools
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests import built, warm

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


class School:
    """A data folder, the commands run on it, and its server."""

    def __init__(self, folder: Path, today: str = "2026-02-05") -> None:
        self.folder, self.server = folder, None
        self.env = {k: v for k, v in os.environ.items() if k != "PATHBOOK_DATA"} | {"PATHBOOK_TODAY": today}

    def pathbook(self, *words) -> str:
        ran = warm.pathbook(*words, "--data", self.folder, env=self.env, timeout=240)
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    def demo(self, *words) -> str:
        """Northbridge in this folder, as these words build it on this school's day."""
        return built.demo(self.folder, *words, "--today", self.env["PATHBOOK_TODAY"], env=self.env)

    def init(self) -> str:
        """An empty school whose staff sign in with a link alone, as a journey about something else would have it."""
        said = self.pathbook("init", "--name", "Marlow High", "--urn", 123456)
        self.pathbook("sign-in", "second-step", "off")
        return said

    def serve(self) -> str:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.server = subprocess.Popen(
            [sys.executable, "-m", "pathbook", "serve", "--port", str(port), "--data", str(self.folder)],
            cwd=ROOT, env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.url = f"http://127.0.0.1:{port}"
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{self.url}/sign-in/")
                return self.url
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.1)
        raise AssertionError("the server did not start in a minute")

    def way_in(self, said: str, whom: str = "") -> str:
        """The sign-in address from what a command printed, on this server."""
        line = next(line for line in said.splitlines() if whom.lower() in line.lower() and "/sign-in/link/" in line)
        return self.url + re.search(r"/sign-in/link/\S+", line).group()

    def stop(self) -> None:
        if self.server:
            self.server.terminate()
            self.server.wait(10)


def settled(act):
    """A person reads a page once it has come; a count taken while it is still arriving would be of half a page."""

    @functools.wraps(act)
    def and_wait(self, *words, **options):
        done = act(self, *words, **options)
        getattr(self, "page", self).wait_for_load_state()
        return done

    return and_wait


@pytest.fixture(scope="session")
def browser():
    if not CHROMIUM:
        pytest.skip("Chromium is not installed: sudo apt-get install chromium")
    from playwright.sync_api import Locator, Page, sync_playwright

    for kind in (Locator, Page):
        kind.click, kind.press = settled(kind.click), settled(kind.press)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def person(browser):
    """A browser window that counts what its person does, and remembers every complaint of the content policy."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    yield page
    context.close()


@pytest.fixture
def new_school(tmp_path):
    school = School(tmp_path / "school")
    yield school
    school.stop()


@pytest.fixture(scope="session")
def demo_school(tmp_path_factory):
    """Northbridge with 1,105 students would take the suite's time; a year group of 180 is what a fair needs."""
    school = School(tmp_path_factory.mktemp("demo") / "school")
    school.said = school.demo("--seed", 7, "--students", 1105, "--years", 2)
    school.serve()
    yield school
    school.stop()


def breaches(page) -> list[str]:
    """What axe finds wrong on this page, by the WCAG 2.2 A and AA rules."""
    from axe_playwright_python.sync_playwright import Axe

    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    found = Axe().run(page, options=rules).response["violations"]
    return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]

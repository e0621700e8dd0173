"""A class of 30 that signs in at once, and 300 within a minute, with the hasher a school has: how long each waits."""

import http.cookiejar
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

from bench.measure import Ratios
from bench.schools import ROOT

CLASS, PEAK, WITHIN = 30, 300, 60  # the promise is 300 in five minutes: five times as dense here
LONGEST = 3.0  # seconds
WORDS = "four quiet words here"
ACCOUNTS = f"""
import django; django.setup()
from django.contrib.auth.hashers import make_password
from pathbook import clock
from pathbook.people.models import Account, Institution, Place, Role, RoleHeld, Enrolment, Student
school, kept = Institution.objects.get(), make_password({WORDS!r})
for n in range({PEAK + CLASS}):
    one = Student.objects.create(institution=school, legal_forename="S", legal_surname=f"N{{n}}")
    Enrolment.objects.create(student=one, institution=school, academic_year=clock.today().year - (clock.today().month < 9),
                             year_group=10, start_date=clock.today())
    who = Account.objects.create(email=f"s{{n}}@school.example", name="S", password=kept)
    RoleHeld.objects.create(account=who, role=Role.STUDENT, place=Place.STUDENT, institution=school, student=one,
                            starts_on=clock.today())
"""


def main() -> bool:
    table = Ratios()
    with tempfile.TemporaryDirectory(prefix="pathbook-bench-") as home, _served(Path(home)) as url:
        _signed_in(url, 0)  # the first of all pays for what is loaded once
        at_once = _all(url, range(1, CLASS + 1), within=0)
        spread = _all(url, range(CLASS + 1, CLASS + PEAK), within=WITHIN)
    for what, waits, of in ((f"{CLASS} at once", at_once, CLASS), (f"{PEAK - 1} in {WITHIN} s", spread, PEAK - 1)):
        table.number(f"{what}: refused", of - len(waits), 0)
        table.number(f"{what}: median wait", statistics.median(waits), None, " s")
        table.number(f"{what}: longest wait", max(waits), LONGEST, " s")
    return table.show()


class _served:
    """A school of its own with its accounts, and its server, for as long as it is asked."""

    def __init__(self, folder: Path) -> None:
        self.env = os.environ | {
            "PATHBOOK_DATA": str(folder / "school"),
            "DJANGO_SETTINGS_MODULE": "pathbook.config.settings",
        }

    def __enter__(self) -> str:
        run = {"cwd": ROOT, "env": self.env, "check": True, "stdout": subprocess.DEVNULL}
        subprocess.run([sys.executable, "-m", "pathbook", "init", "--name", "Bench", "--urn", "123456"], **run)
        subprocess.run([sys.executable, "-c", ACCOUNTS], **run)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.server = subprocess.Popen(
            [sys.executable, "-m", "pathbook", "serve", "--port", str(port)], cwd=ROOT, env=self.env,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        url = f"http://127.0.0.1:{port}"
        for _ in range(200):
            try:
                urllib.request.urlopen(f"{url}/sign-in/")
                return url
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.1)
        raise SystemExit("the server did not start")

    def __exit__(self, *_: object) -> None:
        self.server.terminate()
        self.server.wait(10)


def _all(url: str, who: range, *, within: float) -> list[float]:
    """Seconds each waited from sending the password to reading their own page; who was refused is not among them."""
    waits: list[float] = []
    start = threading.Barrier(len(who))

    def one(n: int) -> None:
        send = _ready(url, n)
        start.wait()
        time.sleep(within * (n - who[0]) / len(who))
        begun = time.perf_counter()
        if send():
            waits.append(time.perf_counter() - begun)

    threads = [threading.Thread(target=one, args=(n,)) for n in who]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return waits


def _ready(url: str, n: int):
    """The sign-in page open and filled in; called, it is sent. True when their own page came."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    page = opener.open(f"{url}/sign-in/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page).group(1)
    said = urllib.parse.urlencode(
        {"csrfmiddlewaretoken": token, "login": f"s{n}@school.example", "password": WORDS}
    ).encode()

    def send() -> bool:
        try:
            answer = opener.open(urllib.request.Request(f"{url}/sign-in/", said, {"Referer": f"{url}/sign-in/"}))
        except urllib.error.HTTPError:
            return False
        return answer.status == 200 and answer.url.endswith("/me/")

    return send


def _signed_in(url: str, n: int) -> None:
    if not _ready(url, n)():
        raise SystemExit("nobody can sign in")

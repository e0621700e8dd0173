"""`./run bench --surveys`: a class set of machines sends its answers to a real server; how many a second, and is any lost?"""

import http.client
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from pathlib import Path

from bench.measure import Ratios
from bench.schools import ROOT, TODAY, build, open_school

MACHINES, SECONDS, AT_LEAST, CODES = 30, 20, 60, 6000
SAID = {"named": "False", "know_programme": "4", "helped_this_year": "5", "know_who_to_ask": "2", "like_me": "3", "use_information": "4",
        "lessons_link": "1", "ways_known": ["college", "work"], "most_useful_1": "employer", "better": "More visits"}  # fmt: skip


def main() -> bool:
    folder = Path(tempfile.mkdtemp(prefix="pathbook-surveys-")) / "school"
    build(folder, students=300, activities=20, years=1)
    codes = _open_survey(folder)
    port, server = _serve(folder)
    try:
        sent = _send(port, codes)
    finally:
        server.terminate()
        server.wait(10)
    counted, used = _counted()
    table = Ratios()
    table.number("answers a second, sent over HTTP by 30 machines", sent / SECONDS, None)
    table.number(f"short of {AT_LEAST} a second", max(0, AT_LEAST - sent / SECONDS), 0)
    table.number("thanked for and not counted", sent - counted, 0)
    table.number("codes used and not counted", used - counted, 0)
    return table.show()


def _open_survey(folder: Path) -> list[str]:
    open_school(folder)
    from datetime import datetime, timedelta
    from zoneinfo import ZoneInfo

    from pathbook.people.models import Institution
    from pathbook.people.visibility import command_line
    from pathbook.uptake.actions import surveys
    from pathbook.uptake.actions.survey_codes import codes_to_hand_out
    from pathbook.uptake.bank import questions, templates

    now = datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=ZoneInfo("Europe/London"))
    school, ready = Institution.objects.get(), templates()["student_voice"]
    asks = tuple(questions()[code] for code in ready.questions)
    plan = surveys.Plan(ready.title, False, asks, surveys.Aim(), TODAY, TODAY + timedelta(days=10))
    by = command_line(school)
    survey = surveys.make(template=ready.code, plan=plan, school=school, by=by, at=now)
    surveys.release(survey=survey, by=by, at=now, on=TODAY)
    slips = codes_to_hand_out(CODES, label="Bench", year_group=10, token="bench", survey=survey, by=by, at=now)
    return [slip.code for slip in slips]


def _serve(folder: Path) -> tuple[int, subprocess.Popen[bytes]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "pathbook", "serve", "--port", str(port), "--data", str(folder)],
        cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    for _ in range(200):
        try:
            http.client.HTTPConnection("127.0.0.1", port, timeout=1).request("GET", "/health")
            return port, server
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start")


def _send(port: int, codes: list[str]) -> int:
    """How many were thanked within the time."""
    ends, thanked, shared = time.monotonic() + SECONDS, [0] * MACHINES, iter(codes)

    def machine(n: int) -> None:
        hand = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        token, cookie = _token(hand)
        body = urllib.parse.urlencode({**SAID, "csrfmiddlewaretoken": token}, doseq=True)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
        while time.monotonic() < ends and (code := next(shared, None)):
            hand.request("POST", f"/say/{code}/", body, headers)
            answer = hand.getresponse()
            answer.read()
            thanked[n] += answer.status == 302

    machines = [threading.Thread(target=machine, args=(n,)) for n in range(MACHINES)]
    for one in machines:
        one.start()
    for one in machines:
        one.join()
    return sum(thanked)


def _token(hand: http.client.HTTPConnection) -> tuple[str, str]:
    hand.request("GET", "/say/")
    answer = hand.getresponse()
    page = answer.read().decode()
    cookie = "; ".join(said.split(";")[0] for said in answer.headers.get_all("Set-Cookie") or [])
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    return found.group(1) if found else "", cookie


def _counted() -> tuple[int, int]:
    from django.db import connection

    from pathbook.uptake.models import SurveyCode, SurveyTally

    connection.close()
    total = (
        SurveyTally.objects.order_by("-survey__recorded_at")
        .filter(part="all", survey__codes__label="Bench")
        .distinct()
        .get()
    )
    return total.answered, SurveyCode.objects.filter(label="Bench", is_used=True).count()

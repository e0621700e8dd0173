"""What the server holds in memory: after 100 pages, and after 1,000 more; and with the database beside it."""

import http.cookiejar
import os
import re
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path

from bench.schools import ROOT


def server_memory(folder: Path, views: int = 1000) -> tuple[float, float, float]:
    """(MB after warming up, MB after `views` more pages, MB of the database's files)."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = os.environ | {"PATHBOOK_DATA": str(folder)}
    server = subprocess.Popen(
        [sys.executable, "-m", "pathbook", "serve", "--port", str(port)], cwd=ROOT, env=env,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        visit = _signed_in(f"http://127.0.0.1:{port}", env)
        paths = [
            "/",
            "/students/?year=11",
            "/coverage/?year=11&rows=students",
            "/coverage/?rows=students",
            "/evaluation/",
            "/activities/",
            "/students/?q=an",
        ]
        for n in range(100):
            visit(paths[n % len(paths)])
        before = _resident(server.pid)
        for n in range(views):
            visit(paths[n % len(paths)])
        return before, _resident(server.pid), sum(f.stat().st_size for f in folder.glob("pathbook.sqlite3*")) / 1e6
    finally:
        server.terminate()
        server.wait(10)


def _signed_in(url: str, env: dict[str, str]):
    said = subprocess.run(
        [sys.executable, "-c", "import django; django.setup(); from pathbook.commands.demo import doors; from pathbook import clock;"
         "print(doors(1, on=clock.today())[0][1])"],
        cwd=ROOT, env=env | {"DJANGO_SETTINGS_MODULE": "pathbook.config.settings"}, capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    link = url + urllib.parse.urlparse(said).path
    for _ in range(100):
        try:
            page = opener.open(link).read().decode()
            break
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token
    opener.open(link, urllib.parse.urlencode({"csrfmiddlewaretoken": token[1]}).encode())
    return lambda path: opener.open(url + path).read()


def _resident(pid: int) -> float:
    """MB held by the server and its processes."""
    children = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True).stdout.split()
    return sum(_held(int(one)) for one in [pid, *children])


def _held(pid: int) -> float:
    """Proportional share: what several hold together is counted once, and the database's file not at all: it is added whole."""
    kilobytes, counted = 0, True
    for line in Path(f"/proc/{pid}/smaps").read_text().splitlines():
        if re.match(r"[0-9a-f]+-[0-9a-f]+ ", line):
            counted = ".sqlite3" not in line
        elif counted and line.startswith("Pss:"):
            kilobytes += int(line.split()[1])
    return kilobytes / 1000

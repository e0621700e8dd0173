"""A school made, used by the command line and walked page by page, over loopback alone. Run in a namespace with no network."""

import fcntl
import http.cookiejar
import os
import re
import socket
import struct
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

from tests import warm

PORT, MOST = 8123, 150
FOLDER = Path(sys.argv[1])
URL = f"http://127.0.0.1:{PORT}"


def loopback_up() -> None:
    """A new namespace has a loopback that is down."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, 0x8914, struct.pack("16sh22x", b"lo", 0x1 | 0x40))  # SIOCSIFFLAGS: up, running


def must_be_alone() -> None:
    try:
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    except OSError:
        return
    raise SystemExit("there is a network here")


def pathbook(*words) -> str:
    ran = warm.pathbook(*words, "--data", FOLDER, env=os.environ)
    if ran.returncode:
        raise SystemExit(f"{words}: {ran.stderr}")
    return ran.stdout


def hand():
    return urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))


def sign_in(said, whom):
    line = next(line for line in said.splitlines() if whom in line)
    address = URL + re.search(r"/sign-in/link/\S+", line).group()
    person = hand()
    page = person.open(address).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page).group(1)
    person.open(
        urllib.request.Request(
            address, urllib.parse.urlencode({"csrfmiddlewaretoken": token}).encode(), {"Referer": address}
        )
    )
    return person


def walk(person) -> int:
    """Every address of ours that a page links to, once for each kind of address, until there is none or it is enough."""
    waiting, seen, kinds = ["/"], set(), {}
    while waiting and len(seen) < MOST:
        path = waiting.pop(0)
        kind = re.sub(r"[a-z0-9]{12}|\d+", "_", path.split("?")[0])
        if path in seen or kinds.get(kind, 0) >= 3:
            continue
        seen.add(path)
        kinds[kind] = kinds.get(kind, 0) + 1
        with person.open(URL + path) as answer:
            body = answer.read().decode(errors="replace") if "html" in answer.headers["Content-Type"] else ""
        found = re.findall(r'(?:href|src)="(/[^"]*)"', body)
        waiting += [urllib.parse.urljoin(path, one.split("#")[0].replace("&amp;", "&")) for one in found]
    return len(seen)


def main() -> None:
    must_be_alone()
    loopback_up()
    said = pathbook("demo", "--build-only", "--students", 60, "--years", 2, "--activities", 20, "--today", "2026-02-05")
    for words in (("check",), ("evaluate",), ("coverage",), ("needs",), ("occupations", "nurse"), ("extract", FOLDER.parent / "out"),
                  ("report", "governors", "--out", FOLDER.parent / "g.pdf"), ("audit", "head"), ("backup", FOLDER.parent / "b.zip")):  # fmt: skip
        pathbook(*words)
    serve = [sys.executable, "-m", "pathbook", "serve", "--port", str(PORT), "--data", str(FOLDER)]
    server = subprocess.Popen(serve, stdout=subprocess.DEVNULL)
    try:
        for _ in range(150):
            try:
                hand().open(f"{URL}/health")
                break
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.1)
        for whom in ("Careers leader", "Form tutor", "Link governor", "Data protection officer"):
            print(whom, walk(sign_in(said, whom)), "pages")
    finally:
        server.terminate()
        server.wait(10)


main()

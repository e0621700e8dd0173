"""Nothing leaves: no page or asset fetches from elsewhere, no test connects out, and the whole walk works with no network."""

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "pathbook/web"
TEMPLATES = sorted(WEB.rglob("*.html"))
ASSETS = sorted([*WEB.rglob("static/**/*.css"), *WEB.rglob("static/**/*.js"), *WEB.rglob("static/**/*.svg")])
ELSEWHERE = r"""["']?\s*(?:https?:)?//"""
# What a browser fetches, or sends to, without anybody following a link.
FETCHES = re.compile(
    r"<(?:script|img|iframe|source|video|audio|embed|object|link|base|form|input|use|image)\b[^>]*\s"
    r"(?:src|href|srcset|data|poster|action|formaction|xlink:href)\s*=\s*" + ELSEWHERE + r"|\bhx-(?:get|post|put|delete)\s*=\s*" + ELSEWHERE,
    re.I,
)  # fmt: skip
IN_CSS = re.compile(r"url\(\s*" + ELSEWHERE + r"|@import", re.I)
IN_SCRIPT = re.compile(r"""["'`](?:https?:)?//(?!www\.w3\.org/)[a-z0-9]""", re.I)


def test_no_template_fetches_from_elsewhere():
    assert len(TEMPLATES) > 40
    assert [path.name for path in TEMPLATES if FETCHES.search(path.read_text())] == []


def test_no_style_or_script_names_another_origin():
    assert len(ASSETS) >= 3
    for path in ASSETS:
        found = (IN_CSS if path.suffix == ".css" else IN_SCRIPT).search(path.read_text())
        assert found is None, (path.name, found)


@pytest.mark.parametrize(
    "page",
    [
        '<script src="https://cdn.example/x.js"></script>', '<link rel="stylesheet" href="//fonts.example/a.css">',
        "<img alt='' src='http://t.example/p.gif'>", '<form method="post" action="https://e.example/">', '<a hx-get="//x.example/">',
    ],
)  # fmt: skip
def test_the_check_finds_what_it_looks_for(page):
    assert FETCHES.search(page)


def test_a_link_that_somebody_may_follow_is_no_fetch():
    assert not FETCHES.search('<a href="https://www.gov.uk/guidance">Source</a>')
    assert IN_CSS.search("@import 'x.css'") and IN_SCRIPT.search('fetch("https://x.example/")')


def test_a_connection_out_of_this_machine_fails_the_test_that_made_it(outgoing):
    for address in (("192.0.2.1", 443), ("example.org", 80)):
        with socket.socket() as out, pytest.raises(ConnectionRefusedError, match="nothing leaves"):
            out.connect(address)
    with pytest.raises(ConnectionRefusedError):
        socket.getaddrinfo("example.org", 443)
    assert len(outgoing) == 3
    outgoing.clear()


PROBE = ["socket.getaddrinfo 192.0.2.1", "socket.connect ('192.0.2.1', 80)"]
SPY = """
import os, sys
def spy(event, args):
    if event in ("socket.connect", "socket.sendto"):
        address = args[1]
        here = not isinstance(address, tuple) or address[0] in ("127.0.0.1", "::1", "localhost")
    elif event == "socket.getaddrinfo":
        here = args[0] in (None, "", b"127.0.0.1", "127.0.0.1", "::1", "localhost", "0.0.0.0")
    else:
        return
    if not here:
        with open(os.environ["SPY"], "a") as out:
            out.write(f"{event} {args[0] if event == 'socket.getaddrinfo' else args[1]}\\n")
sys.addaudithook(spy)
"""


@pytest.mark.skipif(
    os.geteuid() != 0 or not shutil.which("unshare"), reason="needs root for a namespace without a network"
)
def test_commands_and_every_linked_page_work_with_no_network_at_all(tmp_path):
    """In a namespace whose only network is its own loopback, with every connection of ours listened to."""
    (tmp_path / "sitecustomize.py").write_text(SPY)
    env = {k: v for k, v in os.environ.items() if not k.startswith("PATHBOOK")}
    env |= {"PYTHONPATH": f"{tmp_path}:{ROOT}", "SPY": str(tmp_path / "left.txt")}
    words = [sys.executable, str(ROOT / "tests/structure/walk_alone.py"), str(tmp_path / "school")]
    if subprocess.run(["unshare", "-n", "true"], capture_output=True).returncode:
        pytest.skip("this machine does not let a test make a namespace")
    ran = subprocess.run(["unshare", "-n", *words], env=env, cwd=ROOT, capture_output=True, text=True, timeout=280)
    assert ran.returncode == 0, ran.stdout[-2000:] + ran.stderr[-3000:]
    assert ran.stdout.count("pages") == 4
    heard = (tmp_path / "left.txt").read_text().splitlines()
    assert heard == PROBE, (
        "what the walk itself tried at first, to show that it is alone and is heard; and nothing else"
    )

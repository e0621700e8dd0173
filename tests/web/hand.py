"""A person's hand and eye for pages: sign in, open, fill in what the page offers, read what it says."""

from html.parser import HTMLParser
from io import BytesIO

from django.test import Client
from openpyxl import load_workbook


def sheet_of(answer) -> list[tuple]:
    """The rows of a spreadsheet, its headings first."""
    return list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))


def hand_of(account) -> Client:
    """A signed-in browser that, like a real one, gets an error page where the server breaks."""
    client = Client(raise_request_exception=False)
    client.force_login(account)
    return client


class Page(HTMLParser):
    """One answer, read: what tables, links, fields, errors and notes stand on it."""

    def __init__(self, answer) -> None:
        super().__init__()
        self.status = answer.status_code
        self.links, self.fields, self.rows, self.words, self.notes, self.errors = [], [], [], [], [], []
        self.undo = ""
        self.ids, self._labelled, self._boxes = [], set(), []
        self.would_run: list[str] = []  # what a browser would run or style that is written into the page itself
        self._open, self._in_body, self._select = [], False, None
        self.body = answer.content.decode()
        self.feed(self.body)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    @property
    def problems(self) -> list[str]:
        """The sentences of the error summary, in order."""
        return [" ".join(said.split()) for said in self.errors]

    def field(self, name: str) -> list[str]:
        return [value for known, value in self.fields if known == name]

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        self.would_run += [f"{tag} {name}" for name in said if name.startswith("on") or name == "style"]
        self.would_run += [tag] if tag in ("script", "iframe", "object") and "src" not in said else []
        css = said.get("class") or ""
        self._named(tag, said)
        if tag not in ("input", "meta", "link", "br", "path", "circle", "rect"):
            self._open.append((tag, css))
        if tag == "a" and "href" in said:
            self.links.append(said["href"])
        if tag == "tbody":
            self._in_body = True
        if tag == "tr" and self._in_body:
            self.rows.append(css)
        if tag == "form" and any(act in said.get("action", "") for act in ("/undo/", "/take-back/")):
            self.undo = said["action"]
        self._fields(tag, said)
        if tag == "div" and "pb-note" in css.split():
            self.notes.append("")
        if tag == "li" and self._inside("govuk-error-summary"):
            self.errors.append("")

    @property
    def unlabelled(self) -> list[str]:
        """Boxes to fill in that nothing names: no label, none round it, no aria-label."""
        return [name for name, key, named in self._boxes if not named and key not in self._labelled]

    def _named(self, tag, said):
        self.ids += [said["id"]] if "id" in said else []
        if tag == "label" and "for" in said:
            self._labelled.add(said["for"])
        shown = said.get("type") not in ("hidden", "submit", "button")
        if tag in ("input", "select", "textarea") and shown:
            inside = any(seen == "label" for seen, _ in self._open)
            self._boxes.append((said.get("name", ""), said.get("id"), inside or "aria-label" in said))

    def _fields(self, tag, said):
        kind = said.get("type", "")
        ticked = kind not in ("checkbox", "radio") or "checked" in said
        if tag == "input" and said.get("name") and ticked:
            self.fields.append((said["name"], said.get("value", "on" if kind == "checkbox" else "")))
        if tag == "textarea":
            self.fields.append((said["name"], ""))
        if tag == "select":
            self._select = said.get("name")
        if tag == "option" and "selected" in said and self._select:
            self.fields.append((self._select, said.get("value", "")))

    def handle_endtag(self, tag):
        while self._open and self._open.pop()[0] != tag:
            pass
        if tag == "tbody":
            self._in_body = False

    def _inside(self, css):
        return any(css in seen.split() for _, seen in self._open)

    def handle_data(self, data):
        self.words.append(data)
        if self._inside("pb-note") and self.notes:
            self.notes[-1] += data
        if self._inside("govuk-error-summary__list") and self.errors:
            self.errors[-1] += data
        if self._open and self._open[-1][0] == "textarea":
            name, value = self.fields[-1]
            self.fields[-1] = (name, (value + data).removeprefix("\n"))  # as a browser reads it


def open_page(client, url, **data) -> Page:
    return Page(client.get(url, data))


def everyone_on(client, url) -> int:
    """How many rows the list at this address has, over all of its pages."""
    rows, number = 0, 1
    while True:
        page = open_page(client, f"{url}&page={number}" if "?" in url else f"{url}?page={number}")
        assert page.status == 200, url
        rows += len([css for css in page.rows if "tot" not in css.split()])
        if f"page={number + 1}" not in page.body:
            return rows
        number += 1

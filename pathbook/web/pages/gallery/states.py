"""What each component looks like in each state. A component without a state here fails a test."""

from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from pathbook.framework.shares import Share
from pathbook.reports.charts.bars import Bar, bars
from pathbook.reports.coverage import Evidence
from pathbook.reports.earlier import Earlier
from pathbook.reports.mine import TrailStep
from pathbook.reports.timeline import Happening, strip_of
from pathbook.reports.todos import Todo


class _Form(forms.Form):
    name = forms.CharField(label="Name", help_text="As they are called.")


@dataclass(frozen=True)
class State:
    """A component's template name, what this state shows, and its arguments."""

    component: str
    name: str
    given: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> SafeString:
        return render_to_string(f"components/{self.component}.html", self.given, request=HttpRequest())


def _message(tag: str, words: str, extra: str = "") -> SimpleNamespace:
    return SimpleNamespace(level_tag=tag, message=words, extra_tags=extra)


_FAIR, _SITE = date(2025, 10, 8), date(2026, 7, 6)
_STRIP = strip_of(
    [
        Happening("employers", _FAIR, "counts", "Careers fair"),
        Happening("workplaces", _SITE, "planned", "Work experience week"),
        Happening("providers", date(2025, 6, 4), "not", "Campus visit, absent"),
        Happening("guidance", date(2026, 1, 14), "counts", "Guidance meeting"),
    ],
    {2025: 10, 2024: 9},
    on=date(2026, 2, 5),
)

_TRAIL = (
    TrailStep("done", "Talk to an adviser", "Done", date(2026, 1, 14)),
    TrailStep("now", "Go to the open evening", "Your next step", date(2026, 2, 26)),
    TrailStep("ahead", "Work experience week", "Coming up", _SITE),
)

_EARLIER = (
    Earlier("Summary", "She means to be a nurse.", date(2026, 3, 3), "Dan Okafor"),
    Earlier("Why they met", "First meeting", date(2026, 2, 5), "Dan Okafor"),
)

STATES = (
    State("earlier", "one", {"earlier": _EARLIER[:1], "of": "5 Feb 2026"}),
    State("earlier", "several", {"earlier": _EARLIER, "of": "5 Feb 2026"}),
    State("earlier", "own words", {"earlier": _EARLIER[:1], "of": "Careers fair", "own": True}),
    State("trail", "done, now and ahead", {"steps": _TRAIL}),
    State("note", "done, with undo", {"message": _message("success", "Careers fair: 173 attended, 7 did not.", "undo:/")}),
    State("note", "warning", {"message": _message("warning", "That is more than its 24 places.")}),
    State("note", "error", {"message": _message("error", "Some of these students were recorded again since.")}),
    State("field", "empty", {"field": _Form()["name"]}),
    State("field", "with an error", {"field": _Form({"name": ""})["name"]}),
    State("error_summary", "one problem", {"form": _Form({"name": ""})}),
    State("empty", "with a first step", {
        "title": "No students yet", "text": "Bring in your student list.", "url": "/", "label": "Bring in the roll",
    }),
    State("empty", "nothing to do", {"title": "Nothing is missing today", "text": "New gaps appear here first."}),
    State("todo", "two needs", {"todos": [
        Todo(31, "Year 11s have had no guidance meeting", "/", "Of 180. 12 of them have one booked.", "See them", "/"),
        Todo(3, "activities have happened and are not confirmed", "/", "Careers fair, CV workshop", "Confirm", "/"),
    ]}),
    State("sort_head", "sorted down", {"name": "gaps", "label": "Gaps", "sort": "-gaps"}),
    State("sort_head", "not sorted", {"name": "name", "label": "Student", "sort": "-gaps"}),
    State("pages", "several pages", {"page": Paginator(range(180), 60).get_page(2), "what": "students"}),
    State("pages", "one page", {"page": Paginator(range(30), 60).get_page(1), "what": "students"}),
    State("tabs", "first of three", {
        "tabs": [("Timeline", "/"), ("Guidance", "/"), ("Benchmarks", "/")], "current": "Timeline", "name": "A record",
    }),
    State("progress", "under way", {"job": SimpleNamespace(stage="Checking rows", n=412, total=1105, done=False), "url": "/"}),
    State("progress", "finished", {"job": SimpleNamespace(stage="Done", n=1105, total=1105, done=True), "url": "/"}),
    State("evidence", "counts and does not", {"evidence": [
        Evidence(_FAIR, "Fielding Joinery, 3 days", True, "7 of 7 checklist items", "P. Raman", "/"),
        Evidence(_FAIR, "Arlo Foods open day", False, "4 of 7 checklist items", "P. Raman", "/"),
    ]}),
    State("evidence", "nothing yet", {"evidence": []}),
    State("strip", "four marks", {"strip": _STRIP}),
    State("download", "of a list as narrowed", {"of": "students", "query": "year=11"}),
    State("page_file", "of a page as narrowed", {"query": "year=11"}),
    State("chart", "three groups, one hidden", {"chart": bars("groups", "10B is furthest behind", "Tutor group", [
        Bar("10B", Share(12, 30)), Bar("10C", None), Bar("10D", Share(27, 29)),
    ])}),
)  # fmt: skip

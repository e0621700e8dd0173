"""How things are written on every page: dates as 5 Mar 2026, thousands apart, states as words with a mark."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.forms import BoundField
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from pathbook.framework.in_words import day_in_words
from pathbook.framework.shares import Share
from pathbook.reports.eight import SIGNS, Mark
from pathbook.reports.heatmap import Line

register = template.Library()

MARKS = {
    "done": '<path d="M1.5 6.5 4.5 9.5 10.5 2.5"/>',
    "soon": '<circle cx="6" cy="6" r="4.8"/><path d="M6 3.4V6l1.8 1.4"/>',
    "late": '<path d="M6 1.5v5.6M6 9.6v.9"/>',
}
WORDS = {
    "met": ("done", "Met"),
    "in_progress": ("", "In progress"),
    "not_met": ("late", "Not met"),
    "unscored": ("", "Not scored"),
}

SHAPES = {
    "employers": "M3 9a6 6 0 1 0 12 0a6 6 0 1 0 -12 0Z",
    "workplaces": "M3 3h12v12H3Z",
    "providers": "M9 1.5L16.5 9L9 16.5L1.5 9Z",
    "guidance": "M9 2.5L16 15H2Z",
    "lessons": "M3 7h12v4H3Z",
    "cross": "M4 4L14 14M14 4L4 14",
}


@register.filter
def as_json(value: object) -> str:
    """For an attribute a script reads: the page has no script of its own to put data in."""
    return json.dumps(value, cls=DjangoJSONEncoder)


@register.filter
def day(value: date | datetime | None) -> str:
    """5 Mar 2026; empty for no date."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return day_in_words(value)


@register.filter
def criterion(name: str, pages: Mapping[str, str]) -> SafeString:
    """GB4.1 as a link to its page, or alone where it has none or they may not open it (web/criteria.py)."""
    url = pages.get(name)
    return format_html('<a class="pb-inline-target" href="{}">{}</a>', url, name) if url else format_html("{}", name)


@register.filter
def number(value: int | None) -> str:
    """1,105; empty for nothing."""
    return "" if value is None else f"{value:,}"


@register.simple_tag
def state(tint: str, words: str) -> SafeString:
    """A mark, a word and a tint: {% state "done" "Counts" %}. Tints: done, soon, late, new, or none."""
    mark = (
        format_html('<svg viewBox="0 0 12 12" aria-hidden="true">{}</svg>', SafeString(MARKS[tint]))
        if tint in MARKS
        else ""
    )
    return format_html('<span class="pb-state pb-state--{}">{}{}</span>', tint, mark, words)


@register.simple_tag
def due(tint: str, on: date) -> SafeString:
    """When an agreed action is due."""
    return state(tint, f"Due {day(on)}")


@register.simple_tag
def booked(on: date) -> SafeString:
    """When the next meeting is."""
    return state("", f"Booked {day(on)}")


@register.simple_tag
def kind_mark(lane: str, word: str, tint: str) -> SafeString:
    """The shape the timeline draws: filled happened and counts, hollow planned, a cross does not count."""
    css = "m" if tint == "done" else "p" if word in ("Planned", "Booked") else "x"
    shape = SHAPES["cross"] if css == "x" else SHAPES.get(lane, SHAPES["lessons"])
    return format_html(
        '<svg class="pb-strip" viewBox="0 0 18 18" aria-hidden="true"><path class="{}" d="{}"/></svg>', css, shape
    )


@register.simple_tag
def status(code: str) -> SafeString:
    """A criterion's status in words."""
    return state(*WORDS[code])


@register.simple_tag
def eight(marks: tuple[Mark, ...]) -> SafeString:
    """The small marks of a student; few combinations exist, so each is drawn once."""
    return _eight(marks)


@lru_cache(maxsize=4096)
def _eight(marks: tuple[Mark, ...]) -> SafeString:
    return format_html_join(
        "",
        '<i class="e-{}" title="{}"><span class="govuk-visually-hidden">{}. </span><span aria-hidden="true">{}</span></i>',
        ((mark.state, mark.said, mark.said, SIGNS[mark.state]) for mark in marks),
    )


@register.simple_tag
def count_cells(counts: tuple[str, ...]) -> SafeString:
    """A student's counts by kind; like the marks, each combination is drawn once."""
    return _count_cells(counts)


@lru_cache(maxsize=4096)
def _count_cells(counts: tuple[str, ...]) -> SafeString:
    return format_html_join("", '<td class="n">{}</td>', ((count,) for count in counts))


@register.simple_tag
def heat(line: Line, query: str = "") -> SafeString:
    """A student's cells of the heatmap. There are thousands on a page and few kinds: each kind is drawn once.

    The key is ours (letters and digits), so it is put in as it is. `query` ends each cell's address.
    """
    key = line.found.key if line.found else ""
    return SafeString("".join([key.join(_cell(cell.css, cell.row, cell.word, query)) for cell in line.cells]))


@lru_cache(maxsize=4096)
def _cell(css: str, row: str, word: str, query: str) -> tuple[str, ...]:
    """What stands before the student's key, and after it; one piece when there is nothing to open."""
    if not css:
        return ('<td class="c"><i class="pb-na">–</i></td>',)
    before = format_html('<td class="c {}"><a href="/coverage/', css)
    return (before, format_html('/{}/{}">{}</a></td>', row, query, word))


@register.simple_tag
def bar(share: Share | None) -> SafeString:
    """A bar whose length is the share; the same count is read out."""
    if share is None or share.percent is None:
        return SafeString("")
    return format_html(
        '<svg class="pb-bar" viewBox="0 0 100 14" preserveAspectRatio="none" role="img" aria-label="{}">'
        '<rect class="track" x="0" y="1" width="100" height="12" vector-effect="non-scaling-stroke"/>'
        '<rect class="fill" x="0" y="1" width="{}" height="12"/></svg>',
        share.label,
        share.percent,
    )


@register.simple_tag(takes_context=True)
def with_query(context: template.Context, **changes: object) -> str:
    """This page's address with some of its query changed, so that filters and place are kept."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value in ("", None):
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}" if query else "?"


@register.simple_tag
def anchor(field: BoundField) -> str:
    """The id of what a question is answered in: of several boxes or circles, the first."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.simple_tag
def drawing(svg: str) -> SafeString:
    """A drawing of reports.charts, whose words are escaped where they are drawn."""
    return SafeString(svg)


@register.simple_tag
def terms(trend: tuple[tuple[str, Share | None], ...]) -> SafeString:
    """A figure at the end of each term, as small bars side by side, the last the darkest; read out in words."""
    said = ", ".join(f"{term} {'hidden' if share is None else share}" for term, share in trend)
    bars = [(share.percent or 0) if share else 0 for _, share in trend]
    drawn = format_html_join(
        "",
        '<rect class="{}" x="{}" y="{}" width="8" height="{}"/>',
        (
            ("fill" if at == len(bars) - 1 else "fill2", at * 11, 24 - 0.22 * percent, 0.22 * percent)
            for at, percent in enumerate(bars)
        ),
    )
    return format_html(
        '<svg class="pb-terms" viewBox="0 0 66 25" width="66" height="25" role="img" aria-label="{}"><path d="M0 24.5H66"/>{}</svg>',
        said,
        drawn,
    )

"""The authority's file: what would go, who is left out and why, what changed; made by a press, and the codes behind it."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from pathbook import clock
from pathbook.exchange.authority import making, send, writing
from pathbook.framework.destinations import GROUPS, Code
from pathbook.framework.plans import GUARANTEE
from pathbook.people import access
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer
from pathbook.records.actions.codes import keep_code
from pathbook.records.models import NextStepCode
from pathbook.records.queries.next_steps import codes_and_guarantee
from pathbook.web.door import require
from pathbook.web.fields import line
from pathbook.web.pages.next_steps.asking import staff_asking
from pathbook.web.pages.next_steps.nav import nav

TYPES = {"csv": "text/csv; charset=utf-8", "xml": "application/xml"}
NAMED = 60  # of those that are new, changed or gone


def _asking(request: HttpRequest) -> tuple[Viewer, Institution]:
    """Who may see plans, the roll and the objections together: what the file is made of."""
    viewer, school, _ = staff_asking(request)
    require(viewer, access.ROLL)
    require(viewer, access.SHARING, access.WRITE)
    return viewer, school


@require_safe
def authority(request: HttpRequest) -> HttpResponse:
    viewer, school = _asking(request)
    going = making.outgoing(school, on=clock.today())
    since = [
        (label, [going.names[pk] for pk in sorted(pks) if pk in going.names][:NAMED], len(pks))
        for label, pks in (("New", going.new), ("Changed", going.changed), ("Not in it any more", going.gone))
    ]
    said = {"going": going, "since": since, "school": school, "nav": nav(viewer)}
    return render(request, "next_steps/authority.html", said)


@require_POST
def make(request: HttpRequest, kind: str) -> HttpResponse:
    viewer, school = _asking(request)
    if kind not in TYPES:
        raise Http404
    made = send.make(school=school, kind=kind, on=clock.today(), by=viewer, at=clock.now())
    return _file(made.data, TYPES[kind], made.name)


@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    """What the XML keeps to, for whoever reads it in."""
    _asking(request)
    return _file(writing.schema().encode(), TYPES["xml"], "next-steps.xsd")


def _file(data: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(data, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


class CodeForm(forms.Form):
    """One code as the school has it."""

    table = forms.ChoiceField(choices=NextStepCode.Table.choices, widget=forms.HiddenInput, initial="activity")
    code = line("Code", called="the code", at_most=20, missing="Write the code.")
    label = line("What it means", called="what it means", at_most=120, missing="Say what the code means.")
    group = forms.ChoiceField(
        label="Group", choices=[("", ""), *((name, name) for name in GROUPS)], required=False,
        error_messages={"invalid_choice": "Choose one of the groups."},
    )  # fmt: skip
    sent_as = line("What the authority is sent", called="what is sent", at_most=20, help_text="Empty: the code itself.")
    used = forms.BooleanField(label="Offer it in lists", required=False, initial=True)

    def clean(self) -> dict[str, object]:
        said: dict[str, object] = super().clean() or {}
        if said.get("table") == "activity" and not said.get("group"):
            self.add_error("group", "Choose the group it counts in.")
        if said.get("table") == "guarantee" and said.get("code") not in GUARANTEE:
            self.add_error("code", "Choose one of the states listed under September Guarantee.")
        return said


def codes(request: HttpRequest) -> HttpResponse:
    """Every code; one is changed, or one of the school's own added, in the form beside."""
    viewer, school, _ = staff_asking(request)
    known, sent = codes_and_guarantee(school)
    form = CodeForm(request.POST or None, initial=_initial(request, known, sent))
    if request.method == "POST":
        require(viewer, access.SHARING, access.WRITE)
        if form.is_valid():
            said = dict(form.cleaned_data)
            keep_code(school=school, table=said.pop("table"), said=Code(**said), by=viewer, at=clock.now())
            messages.success(request, f"Code {said['code']} is saved. What was recorded keeps its code.")
            return redirect("next-codes")
    own = set(NextStepCode.objects.filter(institution=school).values_list("table", "code"))
    shown = {
        "codes": [(one, ("activity", one.code) in own) for one in known.values()], "form": form, "nav": nav(viewer),
        "guarantee": [(code, label, sent[code]) for code, label in GUARANTEE.items()],
        "may_write": viewer.may(access.SHARING, access.WRITE),
    }  # fmt: skip
    return render(request, "next_steps/codes.html", shown, status=422 if form.errors else 200)


def _initial(request: HttpRequest, known: dict[str, Code], sent: dict[str, str]) -> dict[str, object]:
    code = request.GET.get("code", "")
    if code in GUARANTEE:
        return {
            "table": "guarantee",
            "code": code,
            "label": GUARANTEE[code],
            "sent_as": sent[code],
            "used": True,
        }
    one = known.get(code)
    names = ("code", "label", "group", "sent_as", "used")
    return {"table": "activity", **({name: getattr(one, name) for name in names} if one else {})}

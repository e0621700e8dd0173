"""One criterion: stated in a sentence, shown with evidence, everything said before kept in sight."""

from datetime import date
from io import BytesIO

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pathbook import clock
from pathbook.framework.sets import SETS
from pathbook.framework.years import AcademicYear
from pathbook.people import access
from pathbook.people.keys import is_key, new_key
from pathbook.people.models import Institution
from pathbook.records.actions import judging as act
from pathbook.records.models import Evidence, EvidenceFile, Statement
from pathbook.reports.judging import CriterionPage, criterion_page, to_show
from pathbook.web.door import asked_by, require
from pathbook.web.pages.evaluation.forms import EvidenceForm, StateForm

SAY = {True: "How far is it met?", False: "What is your own answer? The count stands beside it."}


def criterion(request: HttpRequest, set_id: str, year: int, criterion: str) -> HttpResponse:
    """Reading it, and stating it."""
    viewer, school, today = asked_by(request)
    require(viewer, access.EVALUATION, access.WRITE if request.method == "POST" else access.READ)
    page = _page(school, set_id, year, criterion, today)
    if request.method != "POST":
        return _shown(request, page)
    _require_open(page, today)
    form = StateForm(request.POST, answers=page.answers, label=SAY[page.is_practice])
    if form.is_valid():
        said = form.cleaned_data
        try:
            row = act.state(
                about=page.about, answer=said["answer"], words=said["words"], before=said["before"],
                by=viewer, at=clock.now(), on=today,
            )  # fmt: skip
        except act.JudgementRefusedError as problem:
            form = StateForm(_looked_again(request, page), answers=page.answers, label=SAY[page.is_practice])
            form.add_error(None, str(problem))
        else:
            messages.success(request, f"{criterion} is stated.", extra_tags=_undo("take-back-statement", row.key))
            return redirect(_evaluation(page.about) if said["back"] else page_of(page.about))
    return _shown(request, page, state=form)


@require_POST
def attach(request: HttpRequest, set_id: str, year: int, criterion: str) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.EVALUATION, access.WRITE)
    page = _page(school, set_id, year, criterion, today)
    _require_open(page, today)
    form = _evidence_form(request, page, today)
    if not form.is_valid():
        return _shown(request, page, evidence=form)
    row = act.attach(
        about=page.about, shown=form.shown(school), key=_key(form.cleaned_data["token"]), by=viewer, at=clock.now(),
        on=today,
    )  # fmt: skip
    messages.success(request, f"Attached: {row.words}.", extra_tags=_undo("take-back-evidence", row.key))
    return redirect(page_of(page.about))


@require_safe
def file(request: HttpRequest, key: str) -> FileResponse:
    """Handed over to be saved, never shown by the browser as a page of ours."""
    viewer, school, _ = asked_by(request)
    require(viewer, access.EVALUATION)
    rows = EvidenceFile.objects.filter(evidence__institution=school, evidence__taken_back_at__isnull=True)
    kept = get_object_or_404(rows, evidence__key=key)
    return FileResponse(BytesIO(kept.content), as_attachment=True, filename=kept.name, content_type=kept.kind)


@require_POST
def take_back_statement(request: HttpRequest, key: str) -> HttpResponse:
    return _take_back(request, _statement(request, key), "What was said is taken back.", "put-back-statement")


@require_POST
def take_back_evidence(request: HttpRequest, key: str) -> HttpResponse:
    return _take_back(request, _evidence(request, key), "The evidence is taken away.", "put-back-evidence")


@require_POST
def put_back_statement(request: HttpRequest, key: str) -> HttpResponse:
    return _put_back(request, _statement(request, key))


@require_POST
def put_back_evidence(request: HttpRequest, key: str) -> HttpResponse:
    return _put_back(request, _evidence(request, key))


def page_of(about: act.About) -> str:
    return reverse("criterion", args=[about.set_id, about.year.start, about.criterion])


def _evaluation(about: act.About) -> str:
    return f"{reverse('evaluation')}?set={about.set_id}#{about.criterion}"


def _page(school: Institution, set_id: str, year: int, criterion: str, today: date) -> CriterionPage:
    """As it stands today; of a year that is over, as it stood on its last day."""
    if set_id not in SETS or not 2000 <= year <= AcademicYear.of(today).start:
        raise Http404
    about = act.About(school, set_id, criterion, AcademicYear(year))
    page = criterion_page(about, as_of=min(today, about.year.last_day))
    if page is None:
        raise Http404
    return page


def _require_open(page: CriterionPage, today: date) -> None:
    if today not in page.about.year:
        raise Http404


def _shown(
    request: HttpRequest, page: CriterionPage, *, state: StateForm | None = None, evidence: EvidenceForm | None = None
) -> HttpResponse:  # fmt: skip
    viewer, _, today = asked_by(request)
    said: dict[str, object] = {"shown": page, "today": today}
    if viewer.may(access.EVALUATION, access.WRITE) and today in page.about.year:
        said |= {
            "state": state or _state_form(page),
            "evidence": evidence or _evidence_form(None, page, today),
            "wrong": state or evidence,
        }
    return render(request, "evaluation/criterion.html", said, status=422 if state or evidence else 200)


def _state_form(page: CriterionPage) -> StateForm:
    stands = page.standing
    row = stands.row if stands else None
    initial = {
        "answer": row.answer if row else "", "words": row.words if row else "", "before": row.key if row else "",
    }  # fmt: skip
    return StateForm(initial=initial, answers=page.answers, label=SAY[page.is_practice])


def _evidence_form(request: HttpRequest | None, page: CriterionPage, today: date) -> EvidenceForm:
    year = page.about.year
    choices = to_show(page.about.school, year)
    return EvidenceForm(
        request.POST if request else None, request.FILES if request else None,
        initial={"expires_on": year.last_day, "token": new_key()}, today=today,
        activities=choices.activities, surveys=choices.surveys,
        held=[one.url for one in page.held if not one.survey],
    )  # fmt: skip


def _looked_again(request: HttpRequest, page: CriterionPage) -> dict[str, str]:
    """What was typed, against what stands now: saving once more is then meant."""
    typed = {name: request.POST.get(name, "") for name in ("answer", "words")}
    return typed | {"before": page.standing.row.key if page.standing else ""}


def _key(token: str) -> str:
    return token if is_key(token) else new_key()


def _undo(name: str, key: str) -> str:
    return f"undo:{reverse(name, args=[key])}"


def _statement(request: HttpRequest, key: str) -> Statement:
    viewer, school, _ = asked_by(request)
    require(viewer, access.EVALUATION, access.WRITE)
    return get_object_or_404(Statement.objects.select_related("institution"), institution=school, key=key)


def _evidence(request: HttpRequest, key: str) -> Evidence:
    viewer, school, _ = asked_by(request)
    require(viewer, access.EVALUATION, access.WRITE)
    return get_object_or_404(Evidence.objects.select_related("institution"), institution=school, key=key)


def _take_back(request: HttpRequest, row: Statement | Evidence, told: str, undo: str) -> HttpResponse:
    viewer, _, _ = asked_by(request)
    try:
        act.take_back(row=row, by=viewer, at=clock.now())
        messages.success(request, told, extra_tags=_undo(undo, row.key))
    except act.JudgementRefusedError as problem:
        messages.error(request, str(problem))
    return redirect(page_of(_about(row)))


def _put_back(request: HttpRequest, row: Statement | Evidence) -> HttpResponse:
    viewer, _, _ = asked_by(request)
    try:
        act.put_back(row=row, by=viewer, at=clock.now())
        messages.success(request, "Undone: it stands as it did.")
    except act.JudgementRefusedError as problem:
        messages.error(request, str(problem))
    return redirect(page_of(_about(row)))


def _about(row: Statement | Evidence) -> act.About:
    return act.About(row.institution, row.set_id, row.criterion, AcademicYear(row.academic_year))

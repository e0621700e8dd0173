"""The write-up of a guidance meeting: kept as it is typed, filed once, put right later."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pathbook import clock
from pathbook.audit import record
from pathbook.people import access
from pathbook.people.keys import is_key, new_key
from pathbook.people.visibility import students_writable_by
from pathbook.records.actions import drafts, writing_up
from pathbook.records.actions.actions_of_meeting import RefusedError
from pathbook.records.models import GuidanceMeeting
from pathbook.reports import writing_up as report
from pathbook.reports.write_up_versions import Both, rebased
from pathbook.reports.writing_up import WriteUp
from pathbook.web.door import asked_by, require
from pathbook.web.pages.guidance.hoped import occupations_meant
from pathbook.web.pages.guidance.write_up_form import WriteUpForm, typed

Status = GuidanceMeeting.Status


def write_up(request: HttpRequest, key: str) -> HttpResponse:
    meeting = _find(request, key)
    if meeting.status not in (Status.BOOKED, Status.HELD):
        messages.error(
            request, f"This meeting is recorded as {meeting.get_status_display().lower()}, so it has no write-up."
        )
        return redirect("student-guidance", key=meeting.student.key)
    if request.method == "POST":
        return _posted(request, meeting)
    viewer, _, _ = asked_by(request)
    shown = _shown(request, meeting)
    record.reading(by=viewer, at=clock.now(), student_id=meeting.student_id)
    return _page(request, shown, _form(request, shown), both=shown.both)


@require_POST
def keep(request: HttpRequest, key: str) -> HttpResponse:
    """What a window sends of itself every few seconds. 409 when another was here since: both are kept."""
    meeting = _find(request, key)
    kept = _keep(request, meeting)
    return render(request, "guidance/_kept.html", {"at": clock.now(), "kept": kept}, status=200 if kept else 409)


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Somebody walked in."""
    viewer, school, today = asked_by(request)
    writable = students_writable_by(viewer, today, access.GUIDANCE)
    student = get_object_or_404(writable, key=request.POST.get("student", ""))
    meeting = writing_up.begin(student=student, school=school, by=viewer, at=clock.now(), on=today)
    return redirect("write-up", key=meeting.key)


@require_POST
def undo(request: HttpRequest, key: str, version: int) -> HttpResponse:
    viewer, _, today = asked_by(request)
    meeting = _find(request, key)
    said = report.as_filed(meeting, viewer, on=today)
    try:
        writing_up.undo(meeting=meeting, version=version, said=said, window=new_key(), by=viewer, at=clock.now())
        messages.success(request, "Not filed any more. What you wrote is a draft again.")
    except writing_up.MovedOnError:
        messages.error(request, "It was changed since, so it is not taken back. This is how it stands now.")
    except RefusedError as problem:
        messages.error(request, str(problem))
    return redirect("write-up", key=key)


@require_POST
def drop(request: HttpRequest, key: str) -> HttpResponse:
    viewer, _, _ = asked_by(request)
    meeting = _find(request, key)
    drafts.drop(meeting=meeting, by=viewer, at=clock.now())
    messages.success(request, "The draft is thrown away.")
    return redirect("student-guidance", key=meeting.student.key)


@require_safe
def needs(request: HttpRequest, key: str) -> HttpResponse:
    """What the student needs next, fetched once the page stands: it asks more than the rest of the page together."""
    viewer, school, today = asked_by(request)
    student = _find(request, key).student
    shown = report.needs_beside(student, viewer, school, on=today)
    return render(request, "guidance/_needs.html", {"needs": shown, "student": student})


@require_POST
def occupations(request: HttpRequest) -> HttpResponse:
    """What the words may mean. Sent in the body, so that nobody's words stand in an address."""
    viewer, _, _ = asked_by(request)
    require(viewer, access.ASPIRATIONS, access.WRITE)
    return render(
        request,
        "guidance/_occupations.html",
        occupations_meant(request.POST.get("words", ""), request.POST.get("soc2020", "")),
    )


def _find(request: HttpRequest, key: str) -> GuidanceMeeting:
    viewer, _, today = asked_by(request)
    writable = students_writable_by(viewer, today, access.GUIDANCE)
    meetings = GuidanceMeeting.objects.filter(elsewhere="").select_related("student", "adviser", "slot")
    return get_object_or_404(meetings, key=key, student__in=writable)


def _shown(request: HttpRequest, meeting: GuidanceMeeting) -> WriteUp:
    viewer, school, today = asked_by(request)
    return report.write_up_of(meeting, viewer, school, on=today)


def _form(request: HttpRequest, shown: WriteUp, *, bound: bool = False, said: drafts.Said | None = None) -> WriteUpForm:
    return WriteUpForm(
        request.POST if bound else None, initial=dict(shown.said if said is None else said), today=shown.today,
        rows=shown.action_rows, note=shown.note_is_mine, adviser=shown.asks_adviser,
    )  # fmt: skip


def _posted(request: HttpRequest, meeting: GuidanceMeeting) -> HttpResponse:
    """What was typed is kept first, whatever else is asked: nothing below can lose it."""
    shown = _shown(request, meeting)
    form = _form(request, shown, bound=True)
    act = request.POST.get("act", "")
    if act == "file" and form.is_valid():
        return _file(request, meeting, form)
    if not _keep(request, meeting) or act == "both":
        return _moved(request, meeting)
    if act == "file":
        return _page(request, _shown(request, meeting), form, status=422)
    messages.success(request, "Saved. It is not filed yet: you can go on whenever you like.")
    return redirect("write-up", key=meeting.key)


def _file(request: HttpRequest, meeting: GuidanceMeeting, form: WriteUpForm) -> HttpResponse:
    viewer, _, _ = asked_by(request)
    first = meeting.status == Status.BOOKED
    try:
        filed = writing_up.file(meeting=meeting, written=form.written(), seen=_seen(request), by=viewer, at=clock.now())
    except writing_up.MovedOnError:
        _keep(request, meeting)
        return _moved(request, meeting)
    except RefusedError as problem:
        _keep(request, meeting)
        form.add_error(None, str(problem))
        return _page(request, _shown(request, meeting), form, status=422)
    name = meeting.student.name
    back = f"undo:{reverse('undo-write-up', args=[filed.key, filed.version])}" if first else ""
    said = f"The meeting with {name} is filed." if first else f"The meeting with {name} is put right."
    messages.success(request, said, extra_tags=back)
    return redirect("student-guidance", key=meeting.student.key)


def _moved(request: HttpRequest, meeting: GuidanceMeeting) -> HttpResponse:
    """Both versions, side by side, with what was typed still in the form; or nothing to choose between."""
    shown = _shown(request, _find(request, meeting.key))
    said = _typed(request, meeting)
    moved = _seen(request).base != shown.meeting.version
    both = report.both_with(shown, said, moved=moved)
    if both is None:
        if shown.is_filed:
            viewer, _, _ = asked_by(request)
            drafts.drop(meeting=meeting, by=viewer, at=clock.now())
        messages.info(request, "This is already filed as you wrote it." if shown.is_filed else "This is already saved.")
        return redirect("write-up", key=meeting.key)
    again = _form(request, shown, said=rebased(said, shown.as_it_stands, moved))
    return _page(request, shown, again, both=both, status=409)


def _keep(request: HttpRequest, meeting: GuidanceMeeting) -> bool:
    viewer, _, _ = asked_by(request)
    said = _typed(request, meeting)
    return drafts.keep(meeting=meeting, said=said, seen=_seen(request), by=viewer, at=clock.now())


def _typed(request: HttpRequest, meeting: GuidanceMeeting) -> drafts.Said:
    viewer, _, _ = asked_by(request)
    return typed(request.POST, note=writing_up.note_is_theirs(meeting, viewer))


def _seen(request: HttpRequest) -> drafts.Seen:
    """What this window says it was shown; one that says nothing sensible was shown nothing."""
    window = request.POST.get("window", "")
    base, draft = (
        int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0
        for said in (request.POST.get("base", ""), request.POST.get("draft", ""))
    )
    return drafts.Seen(window if is_key(window) else new_key(), base, draft)


def _page(
    request: HttpRequest, shown: WriteUp, form: WriteUpForm, *, both: Both | None = None, status: int = 200
) -> HttpResponse:
    viewer, _, _ = asked_by(request)
    said = {
        "shown": shown, "form": form, "both": both, "window": new_key(),
        "can_set_contact": viewer.may(access.ACCOUNTS, access.WRITE),
        **occupations_meant(form["words"].value() or "", form["soc2020"].value() or ""),
    }  # fmt: skip
    return render(request, "guidance/write_up.html", said, status=status)

"""Hosts remembered: the list, and what is known of one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from pathbook import clock
from pathbook.people import access
from pathbook.records.actions import placement_answers
from pathbook.records.models import Host
from pathbook.reports.hosts import hosts_of
from pathbook.web.door import asked_by, require
from pathbook.web.pages.placements.forms import ContactForm, initial_of


@require_safe
def hosts(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.PROGRAMME, access.WRITE)
    return render(request, "placements/hosts.html", {"shown": hosts_of(school, on=today)})


def host(request: HttpRequest, key: str) -> HttpResponse:
    """What the school has seen on paper, put down for all its placements."""
    viewer, school, _ = asked_by(request)
    require(viewer, access.PROGRAMME, access.WRITE)
    one = get_object_or_404(Host.objects.select_related("provider"), key=key, provider__institution=school)
    known = initial_of(one) | {"contact": one.contact, "email": one.email}
    form = ContactForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        contact = {name: form.cleaned_data[name] for name in ("contact", "email")}
        placement_answers.write_host(
            host=one, said=form.stated(), **contact, name=viewer.name, by=viewer, at=clock.now()
        )
        messages.success(request, f"What is known of {one.provider.name} is saved.")
        return redirect("hosts")
    return render(request, "placements/host.html", {"form": form, "one": one}, status=422 if form.errors else 200)

"""In by a printed code: somebody invited at once; a student or a parent after saying how they will sign in."""

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pathbook import clock
from pathbook.people import family, joining
from pathbook.people.models import Account, JoiningCode, Role
from pathbook.web.door import HAT
from pathbook.web.pages.sign_in.adapters import TOO_MANY
from pathbook.web.pages.sign_in.forms import AddressForm, FamilyForm, PrintedCodeForm
from pathbook.web.pages.sign_in.views import let_in

JOINING = "joining"  # what the session calls the code that was given


def by_code(request: HttpRequest) -> HttpResponse:
    form = PrintedCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = _code_in(request, form)
        if found and found.account:
            return _in_with(request, found, found.account)
        if found:
            request.session[JOINING] = found.pk
            return redirect("join-family" if found.family else "join")
    return render(request, "sign_in/code.html", {"form": form}, status=422 if form.errors else 200)


def join(request: HttpRequest) -> HttpResponse:
    found = _given(request, family=False)
    if found is None:
        return redirect("join-code")
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            email = form.cleaned_data["email"]
            return let_in(request, joining.join(found, email=email, at=clock.now(), on=clock.today()), by="code")
        except joining.TakenError as problem:
            form.add_error("email", str(problem))
    said = {"form": form, "name": found.student.forename if found.student else ""}
    return render(request, "sign_in/join.html", said, status=422 if form.errors else 200)


def join_family(request: HttpRequest) -> HttpResponse:
    """A parent or carer: who they are; signed in already, the child is added to the account they are in."""
    found = _given(request, family=True)
    if found is None or found.student is None:
        return redirect("join-code")
    account = request.user if request.user.is_authenticated else None
    form = FamilyForm(request.POST or None, signed_in=account is not None)
    if request.method == "POST" and form.is_valid():
        try:
            joined = family.join_family(
                found, joins=form.joins(account), account=account, at=clock.now(), on=clock.today()
            )
            if account is None:
                return let_in(request, joined, by="code")
            request.session[HAT] = (
                Role.PARENT.value
            )  # somebody on the staff is a parent now, or the child is not theirs
            return redirect("family")
        except joining.TakenError as problem:
            form.add_error("email" if account is None else None, str(problem))
    said = {"form": form, "child": found.student, "school": found.institution, "account": account}
    return render(request, "sign_in/join_family.html", said, status=422 if form.errors else 200)


def _given(request: HttpRequest, *, family: bool) -> JoiningCode | None:
    """The code this browser gave a moment ago, while it still lets somebody in."""
    codes = JoiningCode.objects.filter(used_at=None, expires_on__gte=clock.today(), family=family)
    rows = codes.filter(pk=request.session.get(JOINING, 0), student__isnull=False)
    return rows.select_related("student", "institution").first()


def _code_in(request: HttpRequest, form: PrintedCodeForm) -> JoiningCode | None:
    """The code that was typed, or nothing and the reason on the form."""
    if not ratelimit.consume(request, action="joining_code"):
        form.add_error("code", TOO_MANY)
        return None
    found = joining.find(form.cleaned_data["code"], on=clock.today())
    if found is None:
        form.add_error("code", "That code does not work: check each letter, or ask for a new one. A code works once.")
    return found


def _in_with(request: HttpRequest, found: JoiningCode, account: Account) -> HttpResponse:
    try:
        joining.use(found, at=clock.now())
    except joining.TakenError:
        return redirect("join-code")
    return let_in(request, account, by="code")

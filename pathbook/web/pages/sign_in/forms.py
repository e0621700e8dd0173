"""The questions of signing in, in our words; what is checked is allauth's, save that a code works once."""

from typing import Any

from allauth.account.forms import LoginForm, ReauthenticateForm, ResetPasswordForm, ResetPasswordKeyForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as second_step
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.http import HttpRequest

from pathbook.people.family import Joins
from pathbook.people.letters import send_soon
from pathbook.people.models import Account
from pathbook.web.fields import line
from pathbook.web.pages.sign_in.once import spend


def _ask(form: forms.BaseForm, name: str, label: str, missing: str, **attributes: str) -> None:
    """Our label, our refusal, and none of the placeholders that vanish when somebody types."""
    field = form.fields[name]
    field.label = label
    field.error_messages = {**field.error_messages, "required": missing}
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attributes)


def _ask_email(form: forms.BaseForm, name: str) -> None:
    _ask(form, name, "E-mail address", "Give your e-mail address.", autocomplete="username")
    form.fields[name].error_messages["invalid"] = "Write the address as name@school.example."


class SignInForm(LoginForm):
    """E-mail address and password; the refusal never says which was wrong."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_email(self, "login")
        _ask(self, "password", "Password", "Give your password.", autocomplete="current-password")
        self.fields["password"].help_text = ""


class AgainForm(ReauthenticateForm):
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self, "password", "Password", "Give your password.", autocomplete="current-password")


class ForgottenForm(ResetPasswordForm):
    """The address a new password is wanted for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_email(self, "email")

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """An address that nobody has takes as long: a letter to no one is sent off too."""
        if not self.users:
            send_soon([], "", "")
        asked: str = super().save(request, **kwargs)
        return asked


class NewPasswordForm(ResetPasswordKeyForm):
    """A password chosen by its owner, after a link that only they were sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self, "password1", "New password", "Choose a password.", autocomplete="new-password")
        _ask(self, "password2", "New password again", "Write it a second time.", autocomplete="new-password")
        self.fields["password1"].help_text = ""


class PrintedCodeForm(forms.Form):
    """The code on a slip of paper."""

    code = line("Code", called="the code", at_most=40, missing="Give the code on your slip.")


class AddressForm(forms.Form):
    """The address somebody will sign in with."""

    email = forms.EmailField(max_length=254)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_email(self, "email")


class FamilyForm(AddressForm):
    """Who a parent or carer is; with an account already, only how they belong to this child."""

    name = line("Your name", called="your name", at_most=200, missing="Say who you are.")
    relation = line(
        "You are their", called="how you belong to them", at_most=40, missing="Say how you belong to them.",
        help_text="Such as mother, father, grandparent, foster carer.",
    )  # fmt: skip
    field_order = ("name", "relation", "email")

    def __init__(self, *args: Any, signed_in: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if signed_in:
            del self.fields["name"], self.fields["email"]

    def joins(self, account: Account | None) -> Joins:
        said = self.cleaned_data
        return Joins(account.name if account else said["name"], said["relation"], said.get("email", ""))


def _ask_code(form: forms.BaseForm, label: str) -> None:
    _ask(form, "code", label, "Give the code.", autocomplete="one-time-code")


class CodeForm(second_step.AuthenticateForm):
    """The code of an authenticator app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_code(self, "Code")

    def clean_code(self) -> str:
        return _once(self, super().clean_code())


class CodeAgainForm(second_step.ReauthenticateForm):
    """The same, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_code(self, "Code")

    def clean_code(self) -> str:
        return _once(self, super().clean_code())


def _once(form: Any, code: str) -> str:
    if not spend(form.authenticator, code):
        raise get_adapter().validation_error("incorrect_code")
    return code


class FirstCodeForm(ActivateTOTPForm):
    """The first code of an app, which shows that it has the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_code(self, "Code that the app shows")
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class PasskeyForm(AddWebAuthnForm):
    """What this passkey is to be called. Every passkey may sign in by itself: that is what it is for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self, "name", "Name, to know it again by", "Give it a name.", autocomplete="off", maxlength="60")
        self.fields["passwordless"].widget = forms.HiddenInput()
        self.fields["passwordless"].initial = True

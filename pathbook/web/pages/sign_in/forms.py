"""The sign-in form is Django's own, said in our words."""

from django.contrib.auth.forms import AuthenticationForm


class SignInForm(AuthenticationForm):
    """E-mail address and password; the refusal never says which was wrong."""

    error_messages = {
        "invalid_login": "That e-mail address and password do not match. Check both and try again.",
        "inactive": "That e-mail address and password do not match. Check both and try again.",
    }

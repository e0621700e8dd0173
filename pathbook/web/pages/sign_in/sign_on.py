"""A school's own single sign-on: only for accounts that were invited, only with an address its provider vouches for."""

import logging
from typing import Any, NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base.constants import AuthProcess
from django.http import HttpRequest
from django.shortcuts import redirect

from pathbook.people.models import Account

log = logging.getLogger(__name__)
VOUCHED = ("email_verified", "xms_edov")  # OpenID Connect's own claim, and what Microsoft Entra says instead


class SignOnAdapter(DefaultSocialAccountAdapter):
    """Nobody gets an account by signing on: the provider only says who somebody is."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Past this line an account has been found; everything else ends on the same page."""
        claims = sociallogin.account.extra_data.get("id_token") or {}
        if sociallogin.state.get("process") != AuthProcess.LOGIN or not is_trusted(
            claims, sociallogin.provider.app.settings
        ):
            _refuse("the token is not one we trust")
        sociallogin.account.extra_data = {}  # who they are there is enough; nothing else of them is kept
        if not sociallogin.is_existing:
            found = Account.objects.filter(email=claims["email"].lower(), is_active=True).first()
            if found is None:
                _refuse("no account was invited for that address")
            sociallogin.connect(request, found)

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> NoReturn:
        _refuse("the provider did not sign them on")


def is_trusted(claims: dict[str, Any], told: dict[str, str]) -> bool:
    """From this school's issuer and, where one is named, its domain; with an address that was proved to be theirs."""
    vouched = any(str(claims.get(name)).lower() in ("true", "1") for name in VOUCHED)
    ours = claims.get("iss") == told["issuer"] and (not told["domain"] or claims.get("hd") == told["domain"])
    return ours and vouched and bool(claims.get("email"))


def _refuse(why: str) -> NoReturn:
    log.warning("single sign-on refused: %s", why)
    raise ImmediateHttpResponse(redirect("not-let-in"))

"""A school's own single sign-on, as allauth is told of it."""

from typing import Any


def apps(sign_on: dict[str, str]) -> list[dict[str, Any]]:
    """None, or the one provider the data folder names. What a token must say is checked in web/pages/sign_in/sign_on.py."""
    if not sign_on:
        return []
    told = {"server_url": sign_on["issuer"], "issuer": sign_on["issuer"], "domain": sign_on.get("domain", "")}
    return [
        {
            "provider_id": "school",
            "name": sign_on["name"],
            "client_id": sign_on["client_id"],
            "secret": sign_on["secret"],
            "settings": told,
        }
    ]

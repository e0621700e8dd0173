"""In by password, passkey or link, and a second step; out by a button. Some names are those allauth looks up."""

from django.contrib.auth.views import LogoutView
from django.urls import path, re_path

from pathbook.web.pages.sign_in import joining, views

urlpatterns = [
    path("", views.sign_in, name="sign-in"),
    path("", views.sign_in, name="account_login"),
    path("out/", LogoutView.as_view(next_page="sign-in"), name="sign-out"),
    path("link/<str:token>/", views.by_link, name="sign-in-link"),
    path("code/", joining.by_code, name="join-code"),
    path("code/join/", joining.join, name="join"),
    path("code/family/", joining.join_family, name="join-family"),
    path("with/<str:provider_id>/", views.sign_on, name="openid_connect_login"),
    path("with/<str:provider_id>/back/", views.signed_on, name="openid_connect_callback"),
    path("not-let-in/", views.not_let_in, name="not-let-in"),
    path("not-let-in/", views.not_let_in, name="account_inactive"),
    path("not-let-in/", views.not_let_in, name="socialaccount_login_cancelled"),
    path("second-step/", views.second, name="mfa_authenticate"),
    path("passkey/", views.by_passkey, name="mfa_login_webauthn"),
    path("forgotten/", views.forgotten, name="account_reset_password"),
    path("forgotten/sent/", views.forgotten_sent, name="account_reset_password_done"),
    path("forgotten/set/", views.new_password_set, name="account_reset_password_from_key_done"),
    re_path(
        r"^forgotten/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        views.new_password,
        name="account_reset_password_from_key",
    ),
]

"""Addresses of one's own account. Names that are not in our style are those allauth looks up."""

from django.urls import path

from pathbook.web.pages.account import views

urlpatterns = [
    path("", views.mine, name="account"),
    path("kept/", views.kept, name="kept-about-me"),
    path("role/", views.wear, name="wear"),
    path("sessions/<int:pk>/end/", views.end_session, name="end-session"),
    path("sessions/end-others/", views.end_others, name="end-other-sessions"),
    path("again/", views.password_again, name="account_reauthenticate"),
    path("again/code/", views.code_again, name="mfa_reauthenticate"),
    path("again/passkey/", views.passkey_again, name="mfa_reauthenticate_webauthn"),
    path("second-step/", views.step, name="mfa_index"),
    path("second-step/", views.step, name="mfa_list_webauthn"),
    path("second-step/app/", views.add_app, name="mfa_activate_totp"),
    path("second-step/app/remove/", views.remove_app, name="mfa_deactivate_totp"),
    path("second-step/codes/", views.recovery_codes, name="mfa_view_recovery_codes"),
    path("second-step/codes/new/", views.new_recovery_codes, name="mfa_generate_recovery_codes"),
    path("second-step/passkey/", views.add_passkey, name="mfa_add_webauthn"),
    path("second-step/passkey/<int:pk>/remove/", views.remove_passkey, name="mfa_remove_webauthn"),
]

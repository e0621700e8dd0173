"""In by password or by a signed link; out by a button."""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path

from pathbook.web.pages.sign_in import views
from pathbook.web.pages.sign_in.forms import SignInForm

urlpatterns = [
    path(
        "",
        LoginView.as_view(template_name="sign_in/sign_in.html", authentication_form=SignInForm),
        name="sign-in",
    ),
    path("out/", LogoutView.as_view(next_page="sign-in"), name="sign-out"),
    path("link/<str:token>/", views.by_link, name="sign-in-link"),
]

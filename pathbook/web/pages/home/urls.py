"""Home, and the pages that stand beside it."""

from django.urls import path

from pathbook.web.pages.home import views

urlpatterns = [
    path("", views.home, name="home"),
    path("help/", views.help_page, name="help"),
    path("health/", views.health, name="health"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
]

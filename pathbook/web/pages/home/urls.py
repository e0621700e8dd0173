"""Home, and the pages that stand beside it."""

from django.urls import path

from pathbook.web.pages.home import views
from pathbook.web.pages.requests.papers import notice

urlpatterns = [
    path("", views.home, name="home"),
    path("help/", views.help_page, name="help"),
    path("health/", views.health, name="health"),
    path("notice/", notice, name="notice"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
]

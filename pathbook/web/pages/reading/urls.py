"""Addresses of who reads what was said in guidance."""

from django.urls import path

from pathbook.web.pages.reading import views

urlpatterns = [
    path("", views.reading, name="reading"),
    path("ask/", views.ask, name="ask-to-read"),
]

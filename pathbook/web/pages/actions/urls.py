"""Addresses of agreed actions."""

from django.urls import path

from pathbook.web import download
from pathbook.web.pages.actions import one, views

urlpatterns = [
    path("", views.board, name="actions"),
    *download.paths("actions", views.export),
    path("close/", views.close, name="close-actions"),
    path("remind/", views.remind, name="remind-actions"),
    path("undo/<int:at>/", views.undo, name="reopen-actions"),
    path("for/<str:key>/", one.agree, name="agree-action"),
    path("<str:key>/", one.action, name="action"),
    path("<str:key>/open/", one.open_again, name="open-action"),
    path("<str:key>/change/", one.change, name="change-action"),
]

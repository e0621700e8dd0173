"""Addresses of the audit."""

from django.urls import path

from pathbook.web.pages.audit import views

urlpatterns = [
    path("", views.audit, name="audit"),
    path("notes/", views.notes, name="notes-opened"),
    path("notes/<str:key>/seen/", views.seen, name="note-seen"),
]

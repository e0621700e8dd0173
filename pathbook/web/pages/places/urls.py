"""Addresses of places: what to give, one proposal and what is decided of it, and the arithmetic of slots."""

from django.urls import path

from pathbook.web import download
from pathbook.web.pages.places import deciding, files, views

urlpatterns = [
    path("", views.places, name="places"),
    path("limit/", views.limit, name="places-limit"),
    path("capacity/", views.capacity, name="capacity"),
    *download.paths("capacity", files.capacity, under="capacity/"),
    path("<str:key>/", views.proposal, name="proposal"),
    *download.paths("proposal", files.proposal, under="<str:key>/"),
    path("<str:key>/progress/", views.progress, name="places-progress"),
    path("<str:key>/by-hand/<str:student>/", deciding.by_hand, name="place-by-hand"),
    path("<str:key>/decide/<str:student>/", deciding.decide, name="places-decide"),
    path("<str:key>/again/", deciding.again, name="places-again"),
    path("<str:key>/confirm/", deciding.confirm, name="places-confirm"),
    path("<str:key>/undo/", deciding.undo, name="places-undo"),
]

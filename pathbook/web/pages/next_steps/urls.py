"""Addresses of what comes next: lists to type into, who to ask about, leavers, and the authority's file."""

from django.urls import path

from pathbook.web import download
from pathbook.web.pages.next_steps import views

urlpatterns = [
    path("", views.intentions, name="next-steps"),
    path("offers/", views.offers, name="offers"),
    path("leavers/", views.leavers, name="leavers"),
    *download.paths("leavers", views.leavers_file, under="leavers/"),
    path("undo/<str:noun>/<int:at>/", views.undo, name="undo-next-steps"),
]

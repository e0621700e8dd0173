"""Addresses of a placement's forms, opened by their link without an account."""

from django.urls import path

from pathbook.web.pages.placements import by_link

urlpatterns = [
    path("thanks/", by_link.thanks, name="placement-thanks"),
    path("<str:token>/", by_link.form, name="placement-form"),
]

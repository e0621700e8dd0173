"""Addresses of what comes next: lists to type into, who to ask about, leavers, and the authority's file."""

from django.urls import path

from pathbook.web import download
from pathbook.web.pages.next_steps import authority, brought, lists, views

urlpatterns = [
    path("", views.intentions, name="next-steps"),
    path("offers/", views.offers, name="offers"),
    path("leavers/", views.leavers, name="leavers"),
    *download.paths("leavers", views.leavers_file, under="leavers/"),
    path("leavers/import/", brought.choose, name="import-went"),
    path("leavers/import/<str:token>/", brought.preview, name="import-went-preview"),
    path("leavers/import/<str:token>/confirm/", brought.confirm, name="import-went-confirm"),
    path("risk/", lists.at_risk, name="at-risk"),
    *download.paths("at-risk", lists.at_risk_file, under="risk/"),
    path("outcomes/", lists.outcomes, name="outcomes"),
    *download.paths("outcomes", lists.outcomes_file, under="outcomes/"),
    path("authority/", authority.authority, name="authority"),
    path("authority/schema.xsd", authority.schema, name="authority-schema"),
    path("authority/make/<str:kind>/", authority.make, name="make-authority-file"),
    path("codes/", authority.codes, name="next-codes"),
    path("undo/<str:noun>/<int:at>/", views.undo, name="undo-next-steps"),
]

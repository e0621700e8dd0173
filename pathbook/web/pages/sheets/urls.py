"""Addresses of sheets to print."""

from django.urls import path

from pathbook.web.pages.sheets import carried, views

urlpatterns = [
    path("", views.sheets, name="sheets"),
    path("parents-evening.pdf", views.parents_evening, name="parents-evening"),
    path("parents-evening-codes.pdf", views.parents_evening_codes, name="parents-evening-codes"),
    path("record/<str:key>.pdf", views.record, name="record-pdf"),
    path("record/<str:key>.json", carried.record, name="record-file"),
    path("leavers.zip", carried.leavers_zip, name="leavers-zip"),
    path("records.pdf", views.records, name="records-pdf"),
    path("tutor-group.pdf", views.tutor_group, name="tutor-group-pdf"),
    path("reviews.pdf", views.reviews, name="reviews-pdf"),
    path("governors.pdf", views.governors, name="governors-pdf"),
    path("year.pdf", views.year, name="year-pdf"),
    path("website/", views.website, name="website-statement"),
    path("provider-access/", views.policy, name="access-policy"),
]

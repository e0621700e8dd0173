"""Addresses of sheets to print."""

from django.urls import path

from pathbook.web.pages.sheets import views

urlpatterns = [
    path("", views.sheets, name="sheets"),
    path("parents-evening.pdf", views.parents_evening, name="parents-evening"),
    path("record/<str:key>.pdf", views.record, name="record-pdf"),
    path("records.pdf", views.records, name="records-pdf"),
    path("tutor-group.pdf", views.tutor_group, name="tutor-group-pdf"),
    path("reviews.pdf", views.reviews, name="reviews-pdf"),
    path("governors.pdf", views.governors, name="governors-pdf"),
    path("year.pdf", views.year, name="year-pdf"),
    path("website/", views.website, name="website-statement"),
]

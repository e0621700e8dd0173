"""Addresses of coverage."""

from django.urls import path

from pathbook.web.pages.coverage import views

urlpatterns = [
    path("", views.coverage, name="coverage"),
    path("export.csv", views.export, name="coverage-csv"),
    path("<str:key>/<str:row>/", views.cell, name="coverage-cell"),
]

"""Addresses of coverage."""

from django.urls import path

from pathbook.web import download
from pathbook.web.pages.coverage import views

urlpatterns = [
    path("", views.coverage, name="coverage"),
    *download.paths("coverage", views.export),
    path("<str:key>/<str:row>/", views.cell, name="coverage-cell"),
]

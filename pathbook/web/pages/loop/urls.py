"""Addresses of the loop as numbers."""

from django.urls import path

from pathbook.web.pages.loop import views

urlpatterns = [path("", views.loop, name="loop"), path("export.csv", views.export, name="loop-csv")]

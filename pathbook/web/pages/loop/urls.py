"""Addresses of the loop as numbers."""

from django.urls import path

from pathbook.web import download
from pathbook.web.pages.loop import views

urlpatterns = [path("", views.loop, name="loop"), *download.paths("loop", views.export)]

"""Addresses of imports."""

from django.urls import path

from pathbook.web.pages.imports import views

urlpatterns = [path("", views.imports, name="imports")]

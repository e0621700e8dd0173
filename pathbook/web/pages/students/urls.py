"""Addresses of students."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

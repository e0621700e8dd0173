"""Addresses of set_up."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

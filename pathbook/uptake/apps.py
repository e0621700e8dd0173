"""The uptake room."""

from django.apps import AppConfig


class UptakeConfig(AppConfig):
    name = "pathbook.uptake"

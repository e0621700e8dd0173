"""The needs room."""

from django.apps import AppConfig


class NeedsConfig(AppConfig):
    name = "pathbook.needs"

"""The pages."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class WebConfig(AppConfig):
    name = "pathbook.web"

    def ready(self) -> None:
        """Each session knows when it began."""
        from pathbook.web import sessions  # models are there only now

        user_logged_in.connect(sessions.begin)

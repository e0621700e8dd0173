"""The door gunicorn opens."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import resolve

from pathbook.config.memory import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pathbook.config.settings")
application = get_wsgi_application()
resolve("/")  # every page, before the server's processes part: loaded once, and held by them together
settle()

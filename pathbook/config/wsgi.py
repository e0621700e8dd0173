"""The door gunicorn opens."""

import os

from django.core.wsgi import get_wsgi_application

from pathbook.config.memory import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pathbook.config.settings")
application = get_wsgi_application()
settle()

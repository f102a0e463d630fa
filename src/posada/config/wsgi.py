"""What granian serves. A demonstration opens itself here; a real site starts sealed and cannot be made to."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "posada.config.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from posada.config import start  # noqa: E402 - needs the apps that the line above loads

start.serving()

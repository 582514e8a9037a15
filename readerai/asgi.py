"""The one way in to the server: HTTP to Django, sockets to their consumers."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "readerai.settings")

application = get_asgi_application()

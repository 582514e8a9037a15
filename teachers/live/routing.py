"""The address of a class's live feed."""

from django.urls import re_path

from .consumer import ClassConsumer

websocket_urlpatterns = [
    re_path(r"^ws/classes/(?P<class_id>[-0-9A-Za-z_]{1,60})$", ClassConsumer.as_asgi()),
]

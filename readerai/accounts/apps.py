from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "readerai.accounts"
    label = "accounts"
    verbose_name = "People"

    def ready(self) -> None:
        from .api import openapi  # noqa: F401 - tells drf-spectacular about both authentications

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "readerai.accounts"
    label = "accounts"
    verbose_name = "People"

    def ready(self) -> None:
        from .login import openapi  # noqa: F401 - tells drf-spectacular about the ways to sign in

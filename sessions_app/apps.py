from django.apps import AppConfig


class SessionsAppConfig(AppConfig):
    name = "sessions_app"
    label = "sessions_app"
    verbose_name = "Reading sessions"

    def ready(self) -> None:
        from readerai.health import checks

        from .records.key_checks import check_keys

        checks.keys = check_keys

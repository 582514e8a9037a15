from django.apps import AppConfig


class SessionsAppConfig(AppConfig):
    name = "sessions_app"
    label = "sessions_app"
    verbose_name = "Reading sessions"

    def ready(self) -> None:
        from readerai.monitoring.health import checks

        from .live.process import rounds
        from .records.key_checks import check_keys
        from .records.upkeep import tell_metrics

        checks.keys = check_keys
        rounds.every(30, "metrics of the worker", tell_metrics)

from django.apps import AppConfig


class TeachersConfig(AppConfig):
    name = "teachers"
    verbose_name = "Teachers"

    def ready(self) -> None:
        from sessions_app.live import rounds

        from .concerns.telling import ROUND_SECONDS, tell

        rounds.every(ROUND_SECONDS, "telling of concerns", tell)

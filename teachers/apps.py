from django.apps import AppConfig


class TeachersConfig(AppConfig):
    name = "teachers"
    verbose_name = "Teachers"

    def ready(self) -> None:
        from sessions_app.live.process import rounds
        from sessions_app.records import holds

        from .concerns.cases import sessions_with_open_cases
        from .concerns.telling import ROUND_SECONDS, tell

        rounds.every(ROUND_SECONDS, "telling of concerns", tell)
        holds.hold_back("open concerns", sessions_with_open_cases)

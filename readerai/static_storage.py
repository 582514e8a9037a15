"""Static files under names that carry their content, modules' imports included."""

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    support_js_module_import_aggregation = True

    def hashed_name(self, name: str, content: Any = None, filename: Any = None) -> str:
        """As in Django, but a font that was not installed keeps its plain name.

        Fonts come from packages that set-up can do without; the style sheet names them all
        the same, and a browser that does not find one shows the system's own.
        """
        if content is None and name.startswith("fonts/") and not self.exists(name):
            return name
        hashed: str = super().hashed_name(name, content, filename)
        return hashed

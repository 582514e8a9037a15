"""What was prepared for a book, looked up by place and intent: pure, and it never guesses.

``Question.prepared`` holds the book's approved entries (``library.language.prepared`` says what
an entry is) up to the child's sentence, no others. ``look_up(intent, question, subject)`` gives a
``PreparedAnswer`` or None; whoever understands the child's wording better than ``asked`` calls it
with an intent of its own. ``PreparedTutor`` stands first in the chain and passes on what it has
nothing for. ``for_prompt`` writes the entries out for a model.

A story's entries stand in ``library/demo/stories/<slug>/prepared.toml``, in a format that
``library.preparing.parsing`` describes; those of an imported book are drafted and approved.
"""

from .asked import intent_of
from .lookup import Intent, PreparedAnswer, look_up
from .prompt import for_prompt
from .tutor import PreparedTutor

__all__ = ["Intent", "PreparedAnswer", "PreparedTutor", "for_prompt", "intent_of", "look_up"]

"""The answer to each kind of talk, and a kind way back to the book.

Whoever is sad or unwell is led to a grown-up; real trouble is the guard's, which looks first.
"""

from ..concern import NO_CONCERN, Concern
from .drafts import ASK_MORE, CONTINUE, HEAR_AGAIN, Draft
from .story_so_far import StorySoFar
from .understanding import Intent

_ANSWERS = {
    "greeting": "Hello! I am reading with you. Ask me about a word or about the story.",
    "thanks": "You are welcome! Shall we read on?",
    "helper": (
        "Hello! I am your reading helper, a computer program. I tell you what words mean and look "
        "things up in the part you have read. Ask me about the story!"
    ),
    "sad": (
        "I am sorry that things feel hard right now. It helps to tell somebody who cares about "
        "you: your teacher, somebody in your family, or another grown-up you trust. "
        "The story will wait for you."
    ),
    "body": (
        "Please tell your teacher or another grown-up near you right away. "
        "Your place in the book is kept."
    ),
    "bored": (
        "Thank you for telling me. Not every book is right for every reader. You can try one more "
        "page, or choose another book in the library. "
        "Is there a hard word or part? Ask me about it!"
    ),
    "insult": (
        "I am sorry that I was no help. I would like to try again. "
        "Which word or which part of the story is it?"
    ),
    "laugh": "I am glad that you are having fun! Let us see what comes next.",
    "chatter": "All right! Ask me whenever you want to know a word or something about the story.",
    "play": (
        "That sounds like fun, but I only know about this book. "
        "Ask me about a word, or about somebody in the story!"
    ),
    "homework": (
        "I will leave the answer to you, because it is your own work and you can do it! "
        "Read the last part once more. "
        "Then ask me about any word in it that is hard."
    ),
    "off_book": (
        "I only know about this book, so I cannot tell you that. Your teacher or somebody at home "
        "can. Ask me about the story!"
    ),
    "true": (
        "I cannot tell that from the part you have read. Most stories are made up, and some tell "
        "of things that really happened. Your teacher can help you to find out."
    ),
    "reflect": (
        "That is a good thing to think about, and the answer is yours to find! Look back: what did "
        "somebody in the story want, what got in the way, and what has changed since the beginning?"
    ),
    "feeling": (
        "Thank you for telling me! It is good to think about a story. "
        "Which part made you think that?"
    ),
    "own_life": (
        "Thank you for telling me about it! Does anything in the story remind you of that? "
        "Ask me about a word, or about somebody in the story."
    ),
    "foreign": (
        "I am sorry, I only understand English. Try it in easy English words, "
        "or ask your teacher to help you."
    ),
    "unclear": (
        "I did not understand that, I am sorry. You can ask what a word means, who somebody is, "
        "or why something happened."
    ),
}
_WAYS_ON = {
    "homework": (HEAR_AGAIN, ASK_MORE, CONTINUE),
    "reflect": (ASK_MORE, HEAR_AGAIN, CONTINUE),
    "unclear": (ASK_MORE, HEAR_AGAIN, CONTINUE),
}


def about_talk(intent: Intent, _: StorySoFar) -> Draft | None:
    """The one answer to a kind of talk."""
    kind = intent.subject
    if intent.topic != "talk":
        return None
    return Draft(
        _ANSWERS[kind],
        suggestions=_WAYS_ON.get(kind, (CONTINUE, ASK_MORE)),
        concern=Concern("low", "unhappy", "small talk") if kind == "sad" else NO_CONCERN,
        is_last_resort=kind in ("unclear", "own_life"),
    )

"""Words written in short: titles, streets, days, "etc.", letters left out. Pure."""

from __future__ import annotations

from .said import Said, WordInSentence
from .tables import speech_table


def pronunciation(context: WordInSentence) -> Said | None:
    """The book's own way to say a word."""
    own = context.book.pronunciations.get(context.piece.lower)
    return Said(own) if own else None


def set_phrase(context: WordInSentence) -> Said | None:
    known = speech_table("set_phrases").get(context.piece.lower)
    return Said(known) if known else None


def title(context: WordInSentence) -> Said | None:
    """ "Dr. Fox", "St. Nick", "Elm St.": before a name one thing, after it another."""
    piece = context.piece
    core = piece.core.capitalize() if context.shouted else piece.core
    readings = speech_table("titles").get(core)
    if readings is None:
        return None
    before_name, _, after_name = readings.partition("|")
    name_follows = context.after.core[:1].isupper()
    if not (piece.stops or name_follows):
        return None
    if not name_follows and core in ("Fr", "Hon", "Rep", "Gen", "Col", "Pt", "Ste", "Pres"):
        return None
    follows_name = context.before.core[:1].isupper() and not context.before.closing
    said = after_name if after_name and not name_follows and follows_name else before_name
    return Said(said, after=int(piece.stops) if name_follows else context.own_stop)


def abbreviation(context: WordInSentence) -> Said | None:
    """What needs its full stop, or a figure behind it, to be one."""
    piece = context.piece
    digit_follows = context.after.core[:1].isdecimal()
    if digit_follows and (piece.stops or not piece.closing):
        known = speech_table("before_figures").get(piece.core)
        # "May 5" and "no 5 of them" are words as they stand.
        if known is not None and (piece.stops or piece.core not in ("no", "c", "ca", "p", "ch")):
            return Said(known, after=int(piece.stops))
    if not piece.stops:
        return None
    if digit_follows or context.after.core[:3] in ("Jan", "Feb", "Mar", "Apr", "May", "Jun"):
        known = speech_table("days").get(piece.core)
        if known is not None:
            return Said(known, after=1)
    known = speech_table("abbreviations").get(piece.core)
    return None if known is None else Said(known, after=context.own_stop)


def elision(context: WordInSentence) -> Said | None:
    """ "th' old hat", "'em", "goin'": letters left out, their apostrophe printed."""
    piece = context.piece
    opened = "'" if piece.opening.endswith(("’", "'", "‘")) else ""
    closed = "'" if piece.closing.startswith(("’", "'")) else ""
    for before, after in ((opened, closed), (opened, ""), ("", closed), ("", "")):
        known = speech_table("elisions").get(before + piece.lower + after)
        if known is not None:
            return Said(known, before=len(before), after=len(after))
    return None


def sign(context: WordInSentence) -> Said | None:
    """Signs that stand alone: "+", "=", "&"."""
    known = [speech_table("signs").get(letter) for letter in context.piece.core]
    said = [str(word) for word in known if word is not None]
    return Said(" ".join(said)) if said and len(said) == len(known) else None

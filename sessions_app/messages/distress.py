"""What a child in trouble typed, in whatever message: kept and answered kindly, before any limit.

It needs no tutor and waits for none: the answer is committed with the words.
"""

from __future__ import annotations

from ..domain.hand.hand import Hand
from ..domain.hand.interruptions import add_answered
from ..domain.questions import AnswerOutcome, QuestionFacts
from ..protocol import server
from ..tutor.guard import Context, Screening, screen_distress
from ..tutor.offline.drafts import ASK_MORE, CONTINUE
from ..tutor.types import OFFLINE, Answer, QuestionKind
from .base import Reply, reply
from .question_errors import answer_end


def screened_distress(
    hand: Hand, text: str, printed: str, *, touched: bool = False
) -> Screening | None:
    """A kind answer where ``text`` is a child's who may be hurt, unsafe or very unhappy. They may
    repeat what is ``printed`` before them, and a word that was ``touched`` there is the book's."""
    context = Context(hand.book.people, printed, touched)
    return screen_distress(text, context, grade=hand.grade, helpline=hand.helpline)


def keep(
    hand: Hand, text: str, screening: Screening, *, kind: QuestionKind = "text", at: int
) -> Reply:
    """Keep what was typed ``at`` a word of the book, with its answer, however the session stands:
    paused, over a limit, with another question open."""
    at = min(max(at, 0), hand.book.chapter_end(hand.state.furthest_word_index))
    visible_to = hand.book.sentence_span(at)[1]
    facts = QuestionFacts(
        text=text.strip(),
        kind=kind,
        word_index=at,
        sentence=hand.book.sentence_text(at),
        visible_to_word_index=visible_to,
        paused_at_word_index=hand.state.word_index,
        paused_at_timestamp=hand.audio_timestamp,
    )
    answer = Answer(
        text=screening.reply,
        response_type="text",
        answered_by=OFFLINE,
        visible_to_word_index=visible_to,
        suggestions=(ASK_MORE, CONTINUE),
        flags=screening.flags,
        concern=screening.concern,
    )
    hand.state.is_playing = False
    hand.rest()
    row = add_answered(hand, facts, answer)
    return reply(
        server.PauseAudio("student_interruption", hand.state.word_index, hand.audio_timestamp),
        server.InterruptionAcknowledged(row.pk, hand.state.word_index, hand.audio_timestamp),
        answer_end(row.pk, AnswerOutcome(answer)),
    )

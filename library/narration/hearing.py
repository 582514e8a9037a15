"""What is heard in a sound, by a recogniser that knows but the words of one text.

Recognition with a language model made of the text itself finds the text in a recording whatever
else is in it: silence, an announcement, a cough, a page read twice (after P. J. Moreno, C. Joerg,
J.-M. Van Thong and O. Glickman, "A recursive algorithm for the forced alignment of very long
audio segments", ICSLP 1998). English only, since the recogniser's sounds are.
"""

from __future__ import annotations

import math
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from pocketsphinx import Decoder, NGramModel

from .alignment import RATE, dithered, letter_sounds
from .encoding import Samples

_DISCOUNT = 0.9  # what of the probability goes to what the text has, the rest to any word of it
_NEVER = -99.0
_FRAME = RATE // 100
_PIECE_SECONDS = (20, 40)  # a piece ends in the longest pause between the two
_BEAMS = {"beam": 1e-40, "wbeam": 1e-25, "maxhmmpf": 5000}


class Heard(NamedTuple):
    """A word in small letters, and when it was heard, in milliseconds."""

    word: str
    begin_ms: int
    end_ms: int


def hear(sound: Samples, words: Sequence[str]) -> list[Heard]:
    """What is heard in ``sound`` (16,000 samples a second) of ``words``, spoken parts in order."""
    noisy = dithered(sound)
    decoder = _decoder(words)
    heard: list[Heard] = []
    for begin, end in pairwise(_pieces(sound)):
        heard += _heard(decoder, noisy[begin:end], begin * 1000 // RATE)
    return heard


def _decoder(words: Sequence[str]) -> Any:
    decoder: Any = Decoder(
        samprate=float(RATE), loglevel="FATAL", lm=None, bestpath=False, **_BEAMS
    )
    for word in dict.fromkeys(words):
        if decoder.lookup_word(word) is None:
            decoder.add_word(word, letter_sounds(word), False)
    with tempfile.TemporaryDirectory(prefix="readerai-") as folder:
        path = Path(folder) / "text.arpa"
        path.write_text("\n".join(_language_model(words)))
        model = NGramModel(decoder.config, decoder.logmath, str(path))
    decoder.add_lm("text", model)
    decoder.activate_search("text")
    return decoder


def _language_model(words: Sequence[str]) -> Iterator[str]:
    """Lines of an ARPA file: a back-off trigram model of the text."""
    text = ["<s>", *words, "</s>"]
    ones = Counter(text)
    twos = Counter(pairwise(text))
    threes = Counter(zip(text, text[1:], text[2:], strict=False))
    yield from ("\\data\\", f"ngram 1={len(ones)}", f"ngram 2={len(twos)}")
    yield f"ngram 3={len(threes)}"
    back_off = f"{math.log10(1 - _DISCOUNT):.4f}"
    yield "\n\\1-grams:"
    for word, count in sorted(ones.items()):
        likely = _NEVER if word == "<s>" else math.log10(count / len(text))
        yield f"{likely:.4f}\t{word}\t{back_off}"
    yield "\n\\2-grams:"
    for pair, count in sorted(twos.items()):
        yield f"{math.log10(_DISCOUNT * count / ones[pair[0]]):.4f}\t{' '.join(pair)}\t{back_off}"
    yield "\n\\3-grams:"
    for triple, count in sorted(threes.items()):
        yield f"{math.log10(_DISCOUNT * count / twos[triple[:2]]):.4f}\t{' '.join(triple)}"
    yield "\n\\end\\\n"


def _heard(decoder: Any, piece: Samples, begin_ms: int) -> Iterator[Heard]:
    decoder.start_utt()
    decoder.process_raw(piece.tobytes(), full_utt=True)
    decoder.end_utt()
    frame = 1000 // decoder.config["frate"]
    for segment in decoder.seg() or ():
        if not segment.word.startswith(("<", "[", "(", "+")):
            yield Heard(
                segment.word.partition("(")[0],
                begin_ms + segment.start_frame * frame,
                begin_ms + (segment.end_frame + 1) * frame,
            )


def _pieces(sound: Samples) -> list[int]:
    """Where the sound is cut: at its ends, and in the longest pause of every half minute."""
    frames = len(sound) // _FRAME
    framed = sound[: frames * _FRAME].astype(np.float64).reshape(frames, _FRAME)
    loud = np.sqrt((framed**2).mean(axis=1))
    cuts = [0]
    least, most = (seconds * RATE // _FRAME for seconds in _PIECE_SECONDS)
    while len(sound) // _FRAME - cuts[-1] // _FRAME > most:
        first = cuts[-1] // _FRAME + least
        cuts.append((first + _quietest(loud[first : first + most - least])) * _FRAME)
    return [*cuts, len(sound)]


def _quietest(loud: np.ndarray[Any, np.dtype[np.float64]]) -> int:
    """The middle of the half second with the least sound in it."""
    window = min(50, len(loud))
    level = np.convolve(loud, np.ones(window), mode="valid")
    return int(level.argmin()) + window // 2

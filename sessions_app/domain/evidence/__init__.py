"""What counts as read: reports of where a child is, turned into time, words, coverage and pace.

Pure: no Django, no database, no clock of its own. ``note`` is the one way in; the rule is in
PROTOCOL's "What counts as read" and explained in docs/explanation/what-counts-as-read.md.
"""

from .evidence import Evidence, Gain, own_pace, progress, reading_speed, was_finished
from .noting import count_held, note
from .silent_rates import median_wpm
from .watch import PlaceReport, Watch

__all__ = [
    "Evidence",
    "Gain",
    "PlaceReport",
    "Watch",
    "count_held",
    "median_wpm",
    "note",
    "own_pace",
    "progress",
    "reading_speed",
    "was_finished",
]

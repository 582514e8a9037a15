"""Reading sessions, for staff: what is clear is shown, nothing is changed, and a child's words
only after saying why."""

from . import children, logs, model_use, sessions

__all__ = ["children", "logs", "model_use", "sessions"]

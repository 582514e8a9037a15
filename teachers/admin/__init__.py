from .mails import ConcernMailAdmin

__all__ = ["ConcernMailAdmin"]

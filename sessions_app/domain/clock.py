"""The database's clock, under the name that the domain knows it by."""

from readerai.clock import db_now

__all__ = ["db_now"]

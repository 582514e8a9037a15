"""What grown-ups do about a child in trouble. Beside the sessions: nothing here changes one."""

from .concern_mail import ConcernMail
from .safeguarding_concern import SafeguardingConcern

__all__ = ["ConcernMail", "SafeguardingConcern"]

from .mails import ConcernMailAdmin
from .safeguarding import SafeguardingPolicyAdmin

__all__ = ["ConcernMailAdmin", "SafeguardingPolicyAdmin"]

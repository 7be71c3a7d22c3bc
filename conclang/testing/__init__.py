"""The kit for people who extend conclang: what every policy and every replay must pass."""

from conclang.testing.policies import PolicyFault, check_policy
from conclang.testing.replays import check_replay

__all__ = ["PolicyFault", "check_policy", "check_replay"]

"""How often something may be done within a while, where nobody has signed in.

Counted in the cache under keyed hashes, so that what was counted (an address) can be read nowhere
and is forgotten with the while. A cache that is away refuses nobody: what these limits guard is a
right, and the proxy has a limit of its own.
"""

import logging
from dataclasses import dataclass
from datetime import timedelta

from django.core.cache import cache
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``most`` times ``within`` a while that begins with the first."""

    name: str
    most: int
    within: timedelta

    def takes(self, *of: object) -> bool:
        """Count one of what ``of`` names; False when there were as many as may be."""
        key = salted_hmac(f"designation.limits.{self.name}", repr(of)).hexdigest()
        try:
            cache.add(key, 0, self.within.total_seconds())
            return cache.incr(key) <= self.most
        except ValueError:
            # The while ended between the two.
            return True
        except RedisError:
            logger.exception("The cache is not there; nothing is limited.")
            return True

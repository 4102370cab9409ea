"""A Redis of a test's own as the broker, to be stopped under way and started again."""

import contextlib

import redis
from kombu import pools

from designation.celery import app
from tooling import servers


def _forget_pools():
    pools.reset()
    app.amqp._producer_pool = None


@contextlib.contextmanager
def own_broker(home):
    """Yields what starts it over the data in ``home``, and what stops it.

    A second start follows a stop. Afterwards the next one who sends makes a pool of his own: the
    one of before is closed.
    """
    for part in list(home.parents)[:2]:
        part.chmod(0o755)
    running = contextlib.ExitStack()
    before = app.conf.broker_write_url

    def start():
        url = running.enter_context(servers.redis(home))
        _forget_pools()
        app.conf.broker_write_url = url
        return redis.from_url(url)

    yield start, running.close
    running.close()
    app.conf.broker_write_url = before
    _forget_pools()

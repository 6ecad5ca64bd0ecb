"""A clock in a hurry: sends the message that beat sends each minute, each second instead.

`python -m tests.reminders.fault_ticker`, until it is stopped. A broker that is away is tried again
at the next tick, as beat does.
"""

from __future__ import annotations

import time

from kombu.exceptions import OperationalError
from redis import RedisError

from iop.celery import app

MESSAGE = app.conf.beat_schedule["reminders.send_due email"]


def main() -> None:
    """Tick for ever."""
    while True:
        try:
            app.send_task(MESSAGE["task"], args=MESSAGE["args"], **MESSAGE["options"], retry=False)
        except (OperationalError, RedisError, OSError) as error:
            print("no broker:", type(error).__name__, flush=True)
        # A clock: what waits for its effect waits for the effect.
        time.sleep(1)


if __name__ == "__main__":
    main()

"""How the queue is used: three queues, time limits, and what holds when a part of it fails.

Messages say no more than "look now", so that losing all of them loses a minute: the next beat
sends them again, and what is due stands in PostgreSQL.
"""

from __future__ import annotations

from typing import Any

from kombu import Exchange, Queue

# Sending waits for other people's servers, uploads take long; neither may keep the sweeps waiting.
SENDING, SWEEPS, UPLOADS = "sending", "sweeps", "uploads"
MINUTE = 60
# A sweep asks to be ended after the first, and is ended at the second. Tasks may name their own.
SOFT_LIMIT_SECONDS, LIMIT_SECONDS = 10 * MINUTE, 11 * MINUTE
# Redis gives a message to another worker once it is unanswered for this long. It has to be longer
# than the longest time limit (an upload's), or a task that is merely slow would run twice.
VISIBILITY_SECONDS = 60 * MINUTE
TRANSPORT = {
    "visibility_timeout": VISIBILITY_SECONDS,
    # A broker that has gone away without a word is noticed, instead of waited for.
    "socket_connect_timeout": 5,
    "socket_keepalive": True,
    "health_check_interval": 25,
}


# Where a worker that is given no queue by name takes from, and which task goes where.
QUEUES = [Queue(name, Exchange(name), routing_key=name) for name in (SWEEPS, SENDING, UPLOADS)]
ROUTES = {
    "reminders.send_*": {"queue": SENDING},
    "accounts.send_*": {"queue": SENDING},
    "attendance.check_uploads": {"queue": UPLOADS},
    "attendance.import_uploads": {"queue": UPLOADS},
}
BROKER = {
    "BROKER_TRANSPORT_OPTIONS": TRANSPORT,
    "BROKER_CONNECTION_RETRY_ON_STARTUP": True,
    # However long Redis is away: a worker that gave up would have to be started by hand.
    "BROKER_CONNECTION_MAX_RETRIES": None,
}
TASKS = {
    "TASK_QUEUES": QUEUES,
    "TASK_DEFAULT_QUEUE": SWEEPS,
    "TASK_ROUTES": ROUTES,
    "TASK_IGNORE_RESULT": True,
    "TASK_SOFT_TIME_LIMIT": SOFT_LIMIT_SECONDS,
    "TASK_TIME_LIMIT": LIMIT_SECONDS,
    # Answered for once it is done, and one at a time: what a worker dies over is not lost with all
    # that it had fetched ahead.
    "TASK_ACKS_LATE": True,
    # But a task that kills its process is not handed on to the next: it would kill that, too. The
    # next beat tries again anyway.
    "TASK_REJECT_ON_WORKER_LOST": False,
    "TIMEZONE": "UTC",
}
WORKER = {
    "WORKER_PREFETCH_MULTIPLIER": 1,
    # Where the broker goes away in the middle of a task, the task goes on: what it sends is on its
    # way, and only rows decide who sends it.
    "WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS": False,
    # SIGTERM waits for what is being done, a minute at most for what sends; SIGQUIT this long,
    # then ends it.
    "WORKER_SOFT_SHUTDOWN_TIMEOUT": MINUTE,
    # A process that has grown beyond this (in KiB), or old, gives way to a new one between tasks.
    "WORKER_MAX_MEMORY_PER_CHILD": 768 * 1024,
    "WORKER_MAX_TASKS_PER_CHILD": 2_000,
    "WORKER_HIJACK_ROOT_LOGGER": False,
}


def queue_settings(broker_url: str) -> dict[str, Any]:
    """Return the settings of Celery, by the names that Django's settings have for them."""
    found = {"BROKER_URL": broker_url, **BROKER, **TASKS, **WORKER}
    return {f"CELERY_{name}": value for name, value in found.items()}

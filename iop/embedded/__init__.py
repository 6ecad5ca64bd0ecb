"""PostgreSQL and Valkey from wheels, for the demo, the tests and small trials.

A clinic's computer has neither server installed. Where `DATABASE_URL` or `REDIS_URL` is not set,
the program that a person starts opens the missing server in the data folder and hands its address
to everything it runs; whoever leaves last stops it. Nothing here imports Django, since settings
read those addresses. Why it is done this way: docs/adr/0002-embedded-servers.md.
"""

from iop.embedded.problems import CannotStart
from iop.embedded.servers import open_servers, servers_in_environment

__all__ = ["CannotStart", "open_servers", "servers_in_environment"]

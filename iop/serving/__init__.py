"""One web process as a server runs it: begun, drained, and ended without a failed request."""

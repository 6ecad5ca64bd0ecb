"""The notes of a session: written, signed, co-signed, added to."""

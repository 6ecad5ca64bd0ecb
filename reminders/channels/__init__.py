"""The ways out: one file per channel's carrier, each behind the interface in `line.py`."""

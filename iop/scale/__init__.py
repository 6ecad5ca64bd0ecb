"""A made-up clinic of any size, to measure on: `manage.py seed_scale`."""

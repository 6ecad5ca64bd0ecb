"""Rules of the weekly hours: written, simulated over past weeks, verified."""

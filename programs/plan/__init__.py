"""The plan of care of one episode: hours ordered, goals, certification, level of care."""

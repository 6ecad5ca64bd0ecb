"""The one error a person sees when something cannot start: a sentence, never a traceback."""


class CannotStart(Exception):
    """Why a command cannot start, and what to do about it, in words for the person who ran it."""

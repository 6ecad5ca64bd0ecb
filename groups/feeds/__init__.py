"""The calendar outside: secret addresses at which calendar programs read sessions."""

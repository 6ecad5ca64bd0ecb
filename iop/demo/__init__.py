"""The demo clinic: a whole clinic to look around in, where everyone is invented."""

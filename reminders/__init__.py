"""Messages that are due: planned as rows, sent once, to those who agreed."""

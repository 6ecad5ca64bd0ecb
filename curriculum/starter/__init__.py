"""Libraries that a program can begin with: titles from the public domain, every word our own."""

"""Whether somebody has completed the program, and the certificate."""

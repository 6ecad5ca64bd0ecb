"""The libraries, one file each."""

"""One participant's whole record, to read and for other systems."""

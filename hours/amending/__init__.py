"""A correction of a signed record, and what it changes in the week."""

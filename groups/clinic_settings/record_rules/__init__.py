"""Record rules: when somebody is late, when notes are due, whose are co-signed."""

"""Alert rules: how late, how little and how near is worth an alert."""

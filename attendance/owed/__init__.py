"""What is owed: records, signatures, notes and co-signatures that wait."""

"""What messages say, in which words, and the words they must never have."""

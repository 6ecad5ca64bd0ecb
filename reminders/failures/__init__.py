"""What did not go out, for whoever follows it up."""

"""What somebody wrote back that no rule understood, for a person to see to."""

"""Pictures of many weeks, each with its table, and as files."""

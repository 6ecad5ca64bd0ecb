"""What changes about a program's requirements: rules, core lessons, topics."""

"""Planning the calendar: what a change would do, what it runs into, and doing or undoing it."""

"""The calendar: what meets when and where, a week, a day, or a day's rooms at a time."""

"""What happened: events, the schedule that makes it happen again, and their text forms."""

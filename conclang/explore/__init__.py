"""All schedules of a program: search, properties, counts, witnesses."""

"""Time and the tasks that repeat."""

"""From what a reader wrote to what the archive holds."""

"""What admins do to tags."""

"""What editors and admins do to stories, tags and sources."""

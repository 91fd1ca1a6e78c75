"""Finding articles by words."""

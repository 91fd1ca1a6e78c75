"""Who gets what, when."""

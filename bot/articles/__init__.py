"""Pure steps on one article."""

"""Which terms an article matches, from either side."""

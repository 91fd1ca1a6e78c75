"""The text of an article, parted from what a page prints around it."""

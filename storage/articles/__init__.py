"""Articles, their outlets and sources, as rows."""

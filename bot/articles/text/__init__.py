"""Parts an article's text from what a page prints around it."""

"""A chat over lines of JSON; choices are words that one types."""

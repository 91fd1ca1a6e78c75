"""Everything that faces a database."""

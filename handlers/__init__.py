"""Everything that faces a chat."""

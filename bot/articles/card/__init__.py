"""Articles as messages: cards, lists, digests."""

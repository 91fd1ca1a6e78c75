"""From the outbox to a chat: claim, send, settle."""

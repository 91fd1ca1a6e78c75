"""Values that everything speaks in: articles, chats, deliveries, messages. No I/O."""

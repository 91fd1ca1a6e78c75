-- When a chat's own data was given to its person last.
ALTER TABLE chats ADD COLUMN exported_at INTEGER;

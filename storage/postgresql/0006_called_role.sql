-- The role of a server that breaking news calls in its channel.
ALTER TABLE chats ADD COLUMN called_role text COLLATE "C" NOT NULL DEFAULT '';

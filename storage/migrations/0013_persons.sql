-- A person presses and writes, a chat is where something is sent, an account is what sends it.

-- Each bot that ran here: deliveries and locks go by its name. A platform's first bears the platform's own.
CREATE TABLE accounts (
    name TEXT PRIMARY KEY,
    platform TEXT NOT NULL,
    bot_id TEXT,                       -- by getMe, users/@me; of what ran before anybody asked it is not known
    retired INTEGER NOT NULL DEFAULT 0 -- another bot of its platform came when it did not run
) STRICT, WITHOUT ROWID;
INSERT INTO accounts (name, platform) SELECT DISTINCT account, platform FROM chats WHERE platform <> 'console';

CREATE TABLE persons (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    platform TEXT NOT NULL,
    user_id TEXT NOT NULL,
    UNIQUE (platform, user_id)
) STRICT;

-- What stands in a chat's own row is how the account reaches it that met it last.
ALTER TABLE chats ADD COLUMN person_id INTEGER REFERENCES persons;  -- whose inbox it is
ALTER TABLE chats ADD COLUMN address TEXT NOT NULL DEFAULT '';      -- where that is not its own id: a Discord DM channel
CREATE INDEX chats_of_person ON chats (person_id) WHERE person_id IS NOT NULL;
-- And here how those reach it that served it before.
CREATE TABLE reaches (
    account TEXT NOT NULL,
    chat_id INTEGER NOT NULL REFERENCES chats ON DELETE CASCADE,
    address TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    since INTEGER,
    PRIMARY KEY (account, chat_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX reaches_of_chat ON reaches (chat_id);
-- An inbox on Discord is known by its DM channel alone: it is turned when its person presses or writes.
INSERT INTO persons (platform, user_id) SELECT platform, external_id FROM chats
WHERE kind = 'private' AND platform <> 'discord';
UPDATE chats SET person_id = (SELECT p.id FROM persons p WHERE p.platform = chats.platform
    AND p.user_id = chats.external_id) WHERE kind = 'private' AND platform <> 'discord';

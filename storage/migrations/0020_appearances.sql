-- Where stories stand beside the outbox: cards shared by inline mode, lists and cards in answers. A correction changes them too.
CREATE TABLE appearances (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account TEXT NOT NULL,             -- the bot whose message it is
    chat_id INTEGER REFERENCES chats ON DELETE SET NULL,
    person TEXT NOT NULL,              -- who asked or shared: platform:ID; '' who was erased
    sent_to TEXT NOT NULL DEFAULT '',  -- '': shared in a chat that nobody here knows
    message_id TEXT,                   -- none: nobody can change it
    form TEXT NOT NULL DEFAULT 'text',
    call TEXT NOT NULL DEFAULT '',     -- what draws it anew
    articles TEXT NOT NULL,
    drawn_at INTEGER NOT NULL,
    wanted INTEGER NOT NULL DEFAULT 0, -- how often it was to be changed
    done INTEGER NOT NULL DEFAULT 0,   -- and how many of these are over
    due_at INTEGER NOT NULL DEFAULT 0,
    reason TEXT                        -- why the last change failed
) STRICT;
CREATE UNIQUE INDEX appearances_of_message ON appearances (account, sent_to, message_id);
CREATE INDEX appearances_of_person ON appearances (person) WHERE person <> '';
CREATE INDEX appearances_of_chat ON appearances (chat_id) WHERE chat_id IS NOT NULL;
CREATE INDEX appearances_due ON appearances (account, due_at, id) WHERE wanted > done AND message_id IS NOT NULL;
CREATE INDEX appearances_changed ON appearances (id) WHERE wanted > 0;

-- What is pressed and what was shown are values: a button names a call or a place of a list, never words that are shown.

-- Calls that a button has no room for. The id is the call's hash, so the same in a hundred thousand chats is one row.
CREATE TABLE calls (
    id TEXT PRIMARY KEY,
    command TEXT NOT NULL,
    given TEXT NOT NULL,
    drawn_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX calls_by_age ON calls (drawn_at);

-- Lists up to a page, as they were shown. The id is their hash.
CREATE TABLE lists (
    id TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    drawn_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX lists_by_age ON lists (drawn_at);

-- What each person was shown last in a chat; person '' is what everybody there was shown.
CREATE TABLE shown (
    chat_id INTEGER NOT NULL REFERENCES chats ON DELETE CASCADE,
    person TEXT NOT NULL,
    list_id TEXT,
    labels TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (chat_id, person)
) STRICT, WITHOUT ROWID;

-- What was asked of whom: anybody else's text is not the answer.
CREATE TABLE questions (
    chat_id INTEGER NOT NULL REFERENCES chats ON DELETE CASCADE,
    person TEXT NOT NULL,
    call TEXT NOT NULL,
    missing TEXT NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (chat_id, person)
) STRICT, WITHOUT ROWID;

-- Tags that became part of another, so that a button which names one by its number means that one.
CREATE TABLE former_tags (
    id INTEGER PRIMARY KEY,
    tag_id INTEGER NOT NULL REFERENCES tags ON DELETE CASCADE
) STRICT;
CREATE INDEX former_tags_of_tag ON former_tags (tag_id);

-- A number that is typed after the update still opens the list that stood there before it.
INSERT INTO lists (id, state, drawn_at)
SELECT 'chat' || id,
       json_array(json_extract(shown, '$.ids'), json_extract(shown, '$.query'), json_extract(shown, '$.cursor'), 1,
                  iif(json_extract(shown, '$.query[0]') = 'digest', CAST(json_extract(shown, '$.query[1]') AS INTEGER),
                      json_array_length(shown, '$.ids'))),
       unixepoch() * 1000000
FROM chats WHERE shown IS NOT NULL;
INSERT INTO shown (chat_id, person, list_id, labels, at)
SELECT id, '', 'chat' || id, '[]', unixepoch() * 1000000 FROM chats WHERE shown IS NOT NULL;
ALTER TABLE chats DROP COLUMN shown;
ALTER TABLE chats DROP COLUMN asked;

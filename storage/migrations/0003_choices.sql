-- What a button stands for, where that is too long to be sent back by the button itself. The id is made from the rest,
-- so the same choice in a hundred thousand chats is one row.
CREATE TABLE choices (
    id TEXT PRIMARY KEY,
    command TEXT NOT NULL,
    argument TEXT NOT NULL,
    kept_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX choices_by_age ON choices (kept_at);

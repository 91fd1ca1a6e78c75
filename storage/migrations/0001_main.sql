-- Times are microseconds UTC; own ids are never reused; platform ids are text. Lists of text are JSON.

CREATE TABLE outlets (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    name_en TEXT NOT NULL,
    country TEXT NOT NULL,
    zone TEXT NOT NULL
) STRICT;

CREATE TABLE outlet_names (
    key TEXT PRIMARY KEY,
    outlet_id INTEGER NOT NULL REFERENCES outlets ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE sources (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    address TEXT,
    outlet_id INTEGER REFERENCES outlets,
    full_text TEXT NOT NULL,
    state TEXT NOT NULL,
    next_poll_at INTEGER,
    last_ok_at INTEGER,
    last_new_at INTEGER,
    failures INTEGER NOT NULL DEFAULT 0,
    error TEXT,
    etag TEXT,
    last_modified TEXT,
    body_hash TEXT,
    removed_at INTEGER
) STRICT;
CREATE UNIQUE INDEX sources_by_address ON sources (address) WHERE address IS NOT NULL;
CREATE UNIQUE INDEX sources_without_address ON sources (kind, coalesce(outlet_id, 0)) WHERE address IS NULL;
CREATE INDEX sources_due ON sources (next_poll_at) WHERE state = 'active' AND removed_at IS NULL AND address IS NOT NULL;
CREATE INDEX sources_by_outlet ON sources (outlet_id);

CREATE TABLE articles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source_id INTEGER NOT NULL REFERENCES sources,
    outlet_id INTEGER REFERENCES outlets,
    at INTEGER NOT NULL,           -- min(published or first_seen, first_seen): what lists are ordered by
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    published INTEGER,
    updated INTEGER,
    state TEXT NOT NULL DEFAULT 'live',
    merged_into INTEGER REFERENCES articles ON DELETE CASCADE,
    revision INTEGER NOT NULL DEFAULT 1,
    headline TEXT NOT NULL,
    body TEXT NOT NULL,
    summary TEXT NOT NULL,
    url TEXT,
    byline TEXT,
    dateline TEXT,
    wire_sources TEXT NOT NULL,
    tags TEXT NOT NULL,
    categories TEXT NOT NULL,
    views INTEGER,
    image TEXT
) STRICT;
-- What is shown stands in partial indexes: an article that was joined to an older one is in no list.
CREATE INDEX articles_shown ON articles (at DESC, id DESC) WHERE state = 'live' AND merged_into IS NULL;
CREATE INDEX articles_of_outlet ON articles (outlet_id, at DESC, id DESC) WHERE state = 'live' AND merged_into IS NULL;
CREATE INDEX articles_by_number ON articles (id DESC) WHERE state = 'live' AND merged_into IS NULL;
CREATE INDEX articles_of_source ON articles (source_id);
CREATE INDEX articles_merged ON articles (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE revisions (
    article_id INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    headline TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (article_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE aliases (
    scope TEXT NOT NULL,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    article_id INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    PRIMARY KEY (scope, kind, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX aliases_of_article ON aliases (article_id);

CREATE TABLE tags (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL
) STRICT;

CREATE TABLE article_tags (
    tag_id INTEGER NOT NULL REFERENCES tags ON DELETE CASCADE,
    at INTEGER NOT NULL,
    article_id INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    PRIMARY KEY (tag_id, at DESC, article_id DESC)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_tags_of_article ON article_tags (article_id);
CREATE INDEX article_tags_by_time ON article_tags (at, tag_id);

-- Headline and body in their key() form, and the full-text index over them. The index is told the old values when they
-- change: with content='' a delete fails, and without the old values old words would be found for ever.
CREATE TABLE article_texts (
    article_id INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE,
    headline TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;

-- Without "categories" the tokenizer ends a Bengali word at its first vowel sign.
CREATE VIRTUAL TABLE article_words USING fts5 (
    headline, body,
    content = 'article_texts', content_rowid = 'article_id',
    tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* Co'"
);
CREATE TRIGGER article_texts_added AFTER INSERT ON article_texts BEGIN
    INSERT INTO article_words (rowid, headline, body) VALUES (new.article_id, new.headline, new.body);
END;
CREATE TRIGGER article_texts_removed AFTER DELETE ON article_texts BEGIN
    INSERT INTO article_words (article_words, rowid, headline, body)
    VALUES ('delete', old.article_id, old.headline, old.body);
END;
CREATE TRIGGER article_texts_changed AFTER UPDATE ON article_texts BEGIN
    INSERT INTO article_words (article_words, rowid, headline, body)
    VALUES ('delete', old.article_id, old.headline, old.body);
    INSERT INTO article_words (rowid, headline, body) VALUES (new.article_id, new.headline, new.body);
END;

CREATE TABLE chats (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    platform TEXT NOT NULL,
    external_id TEXT NOT NULL,
    language TEXT NOT NULL,
    zone TEXT NOT NULL,
    shown TEXT,                    -- the list last shown: ids, query, cursor
    today_seen INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    UNIQUE (platform, external_id)
) STRICT;

CREATE TABLE terms (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    name TEXT NOT NULL,
    UNIQUE (kind, value)
) STRICT;

CREATE TABLE subscriptions (
    term_id INTEGER NOT NULL REFERENCES terms,
    chat_id INTEGER NOT NULL REFERENCES chats ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (term_id, chat_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX subscriptions_of_chat ON subscriptions (chat_id, created_at);

CREATE TABLE deliveries (
    article_id INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    chat_id INTEGER NOT NULL REFERENCES chats ON DELETE CASCADE,
    state TEXT NOT NULL,           -- waiting, sending, sent, dropped
    due_at INTEGER NOT NULL,       -- 0 means now: a clock that is set back must not stop everything
    tries INTEGER NOT NULL DEFAULT 0,
    owner TEXT,
    message_id TEXT,
    revision INTEGER,              -- the one that was shown
    settled_at INTEGER,
    reason TEXT,
    PRIMARY KEY (article_id, chat_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX deliveries_waiting ON deliveries (chat_id, due_at, article_id) WHERE state = 'waiting';
CREATE INDEX deliveries_sending ON deliveries (chat_id) WHERE state = 'sending';
CREATE INDEX deliveries_sent ON deliveries (chat_id, settled_at) WHERE state = 'sent';

CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    target TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL
) STRICT;

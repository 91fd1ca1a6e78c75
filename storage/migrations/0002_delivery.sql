-- The delivery engine: subjects, what a chat should be showing of each, digests, and the choices of chats.
-- What waited in the simple outbox goes on waiting; what was sent stays known as sent.

-- Ids of subjects come from here, in the transaction that makes them: their order is that of the commits, so that a window
-- of ids can step over nothing.
CREATE TABLE counters (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO counters VALUES ('subject', coalesce((SELECT max(id) FROM articles), 0));
INSERT INTO counters VALUES ('epoch', abs(random() % 1000000000000));

ALTER TABLE articles ADD COLUMN topic TEXT;
ALTER TABLE articles ADD COLUMN desk TEXT;          -- what editors put right, over what the source says

ALTER TABLE chats ADD COLUMN account TEXT NOT NULL DEFAULT '';
ALTER TABLE chats ADD COLUMN kind TEXT NOT NULL DEFAULT 'private';
ALTER TABLE chats ADD COLUMN state TEXT NOT NULL DEFAULT 'active';
ALTER TABLE chats ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE chats ADD COLUMN since INTEGER;
ALTER TABLE chats ADD COLUMN mode INTEGER NOT NULL DEFAULT 1;
ALTER TABLE chats ADD COLUMN digest_times TEXT NOT NULL DEFAULT '480,1260';   -- local minutes of the day
ALTER TABLE chats ADD COLUMN quiet_from INTEGER NOT NULL DEFAULT 1380;
ALTER TABLE chats ADD COLUMN quiet_to INTEGER NOT NULL DEFAULT 420;
ALTER TABLE chats ADD COLUMN breaking TEXT NOT NULL DEFAULT 'day';
ALTER TABLE chats ADD COLUMN cap INTEGER NOT NULL DEFAULT 20;
ALTER TABLE chats ADD COLUMN silent INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chats ADD COLUMN style TEXT NOT NULL DEFAULT 'summary';
ALTER TABLE chats ADD COLUMN picture TEXT NOT NULL DEFAULT 'small';
ALTER TABLE chats ADD COLUMN updates INTEGER NOT NULL DEFAULT 1;
ALTER TABLE chats ADD COLUMN paused_until INTEGER;
ALTER TABLE chats ADD COLUMN slow_until INTEGER;
ALTER TABLE chats ADD COLUMN not_before INTEGER;
ALTER TABLE chats ADD COLUMN cap_day TEXT NOT NULL DEFAULT '';
ALTER TABLE chats ADD COLUMN cap_used INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chats ADD COLUMN hour INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chats ADD COLUMN hour_used INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chats ADD COLUMN digest_at INTEGER;
ALTER TABLE chats ADD COLUMN digest_from INTEGER;
ALTER TABLE chats ADD COLUMN asked TEXT;
UPDATE chats SET account = CASE platform WHEN 'console' THEN platform || ':' || external_id ELSE platform END;
-- They got everything at once until now, and chose it so.
UPDATE chats SET mode = 3, digest_times = '' WHERE id IN (SELECT chat_id FROM subscriptions);
CREATE INDEX chats_digest ON chats (digest_at) WHERE digest_at IS NOT NULL AND state = 'active';

CREATE TABLE chat_aliases (
    platform TEXT NOT NULL,
    external_id TEXT NOT NULL,
    chat_id INTEGER NOT NULL REFERENCES chats ON DELETE CASCADE,
    PRIMARY KEY (platform, external_id)
) STRICT, WITHOUT ROWID;

-- Topics and threads of a chat; 0 stands for the chat itself, which needs no row.
CREATE TABLE places (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    chat_id INTEGER NOT NULL REFERENCES chats ON DELETE CASCADE,
    thread TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'open',
    reason TEXT NOT NULL DEFAULT '',
    UNIQUE (chat_id, thread)
) STRICT;

ALTER TABLE subscriptions ADD COLUMN exclude INTEGER NOT NULL DEFAULT 0;
ALTER TABLE subscriptions ADD COLUMN mode INTEGER NOT NULL DEFAULT 0;
ALTER TABLE subscriptions ADD COLUMN place_id INTEGER NOT NULL DEFAULT 0;

-- A keyword is found by its head, from the side of an article that offers every beginning of its words.
CREATE TABLE keywords (
    term_id INTEGER PRIMARY KEY REFERENCES terms ON DELETE CASCADE,
    head TEXT NOT NULL,
    exact INTEGER NOT NULL,
    value TEXT NOT NULL
) STRICT;
CREATE INDEX keywords_by_head ON keywords (head, exact);

CREATE TABLE subjects (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    article_id INTEGER REFERENCES articles ON DELETE CASCADE,
    parent_id INTEGER,
    text TEXT NOT NULL DEFAULT '',
    made_by TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL DEFAULT 1,
    must INTEGER NOT NULL DEFAULT 1,
    state TEXT NOT NULL DEFAULT 'open',
    push TEXT NOT NULL DEFAULT 'none',
    breaking_at INTEGER,
    loud INTEGER NOT NULL DEFAULT 1,
    ring INTEGER NOT NULL DEFAULT 0,   -- where the ring of chats begins: not always the same reader is the last
    created_at INTEGER NOT NULL,
    closes_at INTEGER NOT NULL,        -- after it nobody is told of it any more
    changed_at INTEGER
) STRICT;
CREATE UNIQUE INDEX subjects_of_article ON subjects (article_id) WHERE article_id IS NOT NULL;
CREATE INDEX subjects_of_parent ON subjects (parent_id) WHERE parent_id IS NOT NULL;
INSERT INTO subjects (id, kind, article_id, version, push, created_at, closes_at)
SELECT id, 'story', id, revision, 'now', first_seen, first_seen + 172800000000 FROM articles WHERE merged_into IS NULL;

CREATE TABLE subject_terms (
    term_id INTEGER NOT NULL REFERENCES terms ON DELETE CASCADE,
    subject_id INTEGER NOT NULL REFERENCES subjects ON DELETE CASCADE,
    PRIMARY KEY (term_id, subject_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX subject_terms_of_subject ON subject_terms (subject_id);

-- What is still to be spread over chats: new rows for an article, edits of what was sent.
CREATE TABLE fanouts (
    subject_id INTEGER NOT NULL REFERENCES subjects ON DELETE CASCADE,
    wave TEXT NOT NULL,                -- first, breaking, edit, digests, note
    cursor INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER NOT NULL DEFAULT 0,
    done INTEGER NOT NULL DEFAULT 0,
    left_reason TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (subject_id, wave)
) STRICT, WITHOUT ROWID;
CREATE INDEX fanouts_due ON fanouts (due_at) WHERE done = 0;

ALTER TABLE deliveries RENAME TO old_deliveries;
CREATE TABLE deliveries (
    subject_id INTEGER NOT NULL,
    chat_id INTEGER NOT NULL,
    account TEXT NOT NULL,
    place_id INTEGER NOT NULL DEFAULT 0,
    lane INTEGER NOT NULL,
    rank INTEGER NOT NULL DEFAULT 0,   -- channels, groups, private chats; among them the ring
    state TEXT NOT NULL,
    matched INTEGER NOT NULL DEFAULT 1,
    due_at INTEGER NOT NULL DEFAULT 0, -- 0 means now: a clock that is set back must not stop everything
    tries INTEGER NOT NULL DEFAULT 0,
    unsure INTEGER NOT NULL DEFAULT 0,
    owner TEXT,
    shown INTEGER NOT NULL DEFAULT 0,
    message_id TEXT,
    sent_to TEXT,
    form TEXT,
    sent_at INTEGER,
    reason TEXT,
    round_id INTEGER,                  -- the digest that took what was left
    PRIMARY KEY (subject_id, chat_id)
) STRICT, WITHOUT ROWID;
INSERT INTO deliveries (subject_id, chat_id, account, lane, state, tries, shown, message_id, sent_to, form, sent_at, reason)
SELECT d.article_id, d.chat_id, c.account, 2, iif(d.state = 'sending', 'waiting', d.state), 0, coalesce(d.revision, 0),
    d.message_id, c.external_id, 'text', d.settled_at, d.reason
FROM old_deliveries d JOIN chats c ON c.id = d.chat_id JOIN subjects s ON s.id = d.article_id;
DROP TABLE old_deliveries;
-- Partial, so that millions of old rows cost a new one nothing.
CREATE INDEX deliveries_due ON deliveries (account, lane, due_at, subject_id, rank) WHERE state = 'waiting';
CREATE INDEX deliveries_open ON deliveries (chat_id) WHERE state IN ('waiting', 'sending');
CREATE INDEX deliveries_held ON deliveries (account) WHERE state = 'sending';
CREATE INDEX deliveries_left ON deliveries (chat_id) WHERE state = 'left' AND round_id IS NULL;

CREATE TABLE digests (
    subject_id INTEGER NOT NULL,
    chat_id INTEGER NOT NULL,
    from_id INTEGER NOT NULL,
    to_id INTEGER NOT NULL,
    items TEXT,                        -- the subjects it covered, best first; written when it was sent
    PRIMARY KEY (subject_id, chat_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX digests_of_chat ON digests (chat_id, to_id);

-- Digests that were drawn again because of a story: they count where its correction is counted.
CREATE TABLE touched_digests (
    subject_id INTEGER NOT NULL,
    chat_id INTEGER NOT NULL,
    round_id INTEGER NOT NULL,
    PRIMARY KEY (subject_id, chat_id, round_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE gates (
    account TEXT PRIMARY KEY,
    until INTEGER NOT NULL,
    reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What became of a subject's deliveries, kept when the rows themselves are gone.
CREATE TABLE subject_counts (
    subject_id INTEGER NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (subject_id, state, reason)
) STRICT, WITHOUT ROWID;

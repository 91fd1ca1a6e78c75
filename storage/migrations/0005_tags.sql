-- Spellings that are one tag, tags that are not shown, and the order in which an article names its tags: what a card shows
-- is read from here, so that a tag that is joined, renamed or hidden is so on every card that is drawn from then on.

ALTER TABLE tags ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0;
CREATE INDEX tags_hidden ON tags (id) WHERE hidden;

-- A key here is no tag of its own. One that is, still, is being joined: what hangs on it moves in steps.
CREATE TABLE tag_aliases (
    key TEXT PRIMARY KEY,
    tag_id INTEGER NOT NULL REFERENCES tags ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX tag_aliases_of_tag ON tag_aliases (tag_id);

ALTER TABLE article_tags ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
UPDATE article_tags SET place = coalesce((
    SELECT j.key FROM articles a CROSS JOIN json_each(coalesce(json_extract(a.desk, '$.tags'), a.tags)) j
    CROSS JOIN tags t ON t.name = j.value WHERE a.id = article_id AND t.id = tag_id
), 0);

-- What each source last said of an article (a hash), so that two feeds of one outlet can't revise it by turns.

CREATE TABLE readings (
    article_id INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    source_id INTEGER NOT NULL REFERENCES sources ON DELETE CASCADE,
    text TEXT NOT NULL,
    PRIMARY KEY (article_id, source_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX readings_by_source ON readings (source_id);

-- What has only an update time is ordered by that.
UPDATE article_tags SET at = (SELECT min(a.updated, a.first_seen) FROM articles a WHERE a.id = article_tags.article_id)
WHERE article_id IN (SELECT id FROM articles WHERE published IS NULL AND updated IS NOT NULL);
UPDATE articles SET at = min(updated, first_seen) WHERE published IS NULL AND updated IS NOT NULL;

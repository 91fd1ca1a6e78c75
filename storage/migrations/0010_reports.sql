-- Articles that prove to be one keep a subject each: what was sent of either goes on being corrected.

DROP INDEX subjects_of_article;
CREATE INDEX subjects_of_article ON subjects (article_id) WHERE article_id IS NOT NULL;
-- Once the younger gave its rows to the older and pointed there.
UPDATE subjects SET article_id = (SELECT p.article_id FROM subjects p WHERE p.id = subjects.parent_id)
WHERE state = 'joined';
UPDATE subjects SET article_id = (SELECT p.article_id FROM subjects p WHERE p.id = subjects.parent_id)
WHERE state = 'joined' AND article_id IS NULL;
UPDATE subjects SET state = 'open', parent_id = NULL WHERE state = 'joined';

-- Spelled so that both engines know the condition again.

DROP INDEX tags_hidden;
CREATE INDEX tags_hidden ON tags (id) WHERE hidden = 1;

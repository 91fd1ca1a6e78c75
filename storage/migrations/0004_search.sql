-- Sections as lists, and the words of the archive with how often they stand: what Roman and misspelt input is read by.

CREATE INDEX articles_of_topic ON articles (topic, at, id);

CREATE TABLE vocabulary (
    word TEXT PRIMARY KEY,
    n INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX vocabulary_by_count ON vocabulary (n);

-- The last article whose words are counted in it.
CREATE TABLE vocabulary_mark (article_id INTEGER NOT NULL) STRICT;
INSERT INTO vocabulary_mark VALUES (0);

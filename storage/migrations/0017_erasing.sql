-- Erasing is true: whose words stand where, and who was erased, so that no backup brings them back.

-- Calls and lists that hold somebody's own words; person is platform:ID.
CREATE TABLE typed (
    person TEXT NOT NULL,
    id TEXT NOT NULL,
    PRIMARY KEY (person, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX typed_by_id ON typed (id);
INSERT INTO typed (person, id) SELECT DISTINCT person, list_id FROM shown WHERE person <> '' AND list_id IS NOT NULL;
CREATE INDEX shown_of_person ON shown (person) WHERE person <> '';

-- A fingerprint of who was erased, under a key of this archive; it stands in a side file too.
CREATE TABLE erasures (
    key TEXT NOT NULL,
    print TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (key, print)
) STRICT, WITHOUT ROWID;

-- Words that were followed once and are by nobody.
DELETE FROM keywords WHERE term_id NOT IN (SELECT term_id FROM subscriptions);
DELETE FROM subject_terms WHERE term_id IN (SELECT id FROM terms WHERE kind = 'keyword'
    AND id NOT IN (SELECT term_id FROM subscriptions));
DELETE FROM terms WHERE kind = 'keyword' AND id NOT IN (SELECT term_id FROM subscriptions);

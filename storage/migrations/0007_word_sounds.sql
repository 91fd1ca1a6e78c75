-- The words of the archive by how they sound and are spelt, so that a question reads the few words that it needs and no
-- process has to load them all. `less` is how seldom a word stands, in powers of four: the commonest come first.

CREATE TABLE word_sounds (
    key TEXT NOT NULL,
    less INTEGER NOT NULL,
    word TEXT NOT NULL,
    heard TEXT NOT NULL,
    PRIMARY KEY (key, less, word)
) STRICT, WITHOUT ROWID;

-- The last word that is put there of those that were counted before this table was; NULL once all are.
ALTER TABLE vocabulary_mark ADD COLUMN sounded TEXT;
UPDATE vocabulary_mark SET sounded = '' WHERE EXISTS (SELECT 1 FROM vocabulary);

-- A short word is followed by its forms too, as it is sought: দলের for দল.
UPDATE keywords SET exact = 0 WHERE exact = 1 AND length(head) = 2 AND value = head;

-- What a feed's item said when its source was last read (a hash of all of it): an item that says the same is not drafted.
ALTER TABLE readings ADD COLUMN fingerprint TEXT;

ALTER TABLE sources ADD COLUMN killed_at INTEGER;                       -- when the worker last died over it
ALTER TABLE sources ADD COLUMN set_aside TEXT NOT NULL DEFAULT '[]';    -- fingerprints of items that cannot be drafted
ALTER TABLE sources ADD COLUMN hosts TEXT NOT NULL DEFAULT '[]';        -- where its links lead, the newest first
ALTER TABLE sources ADD COLUMN day INTEGER NOT NULL DEFAULT 0;          -- which day today counts
ALTER TABLE sources ADD COLUMN today INTEGER NOT NULL DEFAULT 0;        -- new stories on that day
ALTER TABLE sources ADD COLUMN usual REAL;                              -- new stories on a usual one

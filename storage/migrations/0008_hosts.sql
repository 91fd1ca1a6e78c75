-- Whose host it is: an address names an article only for its own outlet.

CREATE TABLE outlet_hosts (
    host TEXT PRIMARY KEY,             -- without www. and m., as in names of the kind address
    outlet_id INTEGER NOT NULL REFERENCES outlets ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX outlet_hosts_of_outlet ON outlet_hosts (outlet_id);

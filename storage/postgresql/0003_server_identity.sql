-- Where this archive stands. A dump that was put in place elsewhere, or over what was here, still says where it was taken
-- from: then it is an older copy (storage/driver/restoring.py).
CREATE TABLE server_identity (
    id bigint PRIMARY KEY,
    number bigint NOT NULL
);

-- A number of this server, this database and this very table.
CREATE FUNCTION current_server_identity() RETURNS bigint LANGUAGE plpgsql STABLE AS $$
DECLARE
    server text := '';
BEGIN
    BEGIN
        server := (SELECT system_identifier FROM pg_control_system());
    EXCEPTION WHEN insufficient_privilege THEN NULL;
    END;
    RETURN (SELECT hashtextextended(server || ' ' || d.oid || ' ' || CAST(CAST('server_identity' AS regclass) AS oid), 0)
            FROM pg_database d WHERE d.datname = current_database());
END $$;

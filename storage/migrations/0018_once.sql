-- What may happen once carries a token, drawn where it is confirmed: the line of what was done keeps it.
ALTER TABLE audit ADD COLUMN token TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX audit_tokens ON audit (token) WHERE token <> '';

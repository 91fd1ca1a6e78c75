-- What PostgreSQL alone has: rows of JSON lists, the full-text index, leases.

-- What SQLite has as json_each: the rows of a JSON list or object, in order.
CREATE FUNCTION ints(list text) RETURNS TABLE (key bigint, value bigint) LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT o - 1, CAST(v AS bigint) FROM jsonb_array_elements_text(CAST(list AS jsonb)) WITH ORDINALITY AS e (v, o) $$;
CREATE FUNCTION texts(list text) RETURNS TABLE (key bigint, value text) LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT o - 1, v COLLATE "C" FROM jsonb_array_elements_text(CAST(list AS jsonb)) WITH ORDINALITY AS e (v, o) $$;
CREATE FUNCTION items(list text) RETURNS TABLE (key bigint, value jsonb) LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT o - 1, v FROM jsonb_array_elements(CAST(list AS jsonb)) WITH ORDINALITY AS e (v, o) $$;
CREATE FUNCTION pairs(object text) RETURNS TABLE (key text, value text) LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT k COLLATE "C", v COLLATE "C" FROM jsonb_each_text(CAST(object AS jsonb)) AS e (k, v) $$;

-- The full-text index: a vector of our own words for each article, in parts of 50,000 numbers.
CREATE TABLE article_words (
    article_id bigint NOT NULL REFERENCES articles ON DELETE CASCADE,
    words tsvector NOT NULL,
    PRIMARY KEY (article_id)
) PARTITION BY RANGE (article_id);
CREATE INDEX article_words_index ON article_words USING gin (words) WITH (fastupdate = off);

-- Makes the part that a number is in. Whoever comes to the second half of one makes the next, so that no writer waits.
CREATE FUNCTION make_part(number bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    part bigint := number / 50000;
    named text := 'article_words_' || part;
BEGIN
    IF to_regclass(named) IS NOT NULL THEN RETURN; END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('khobor parts', 0));
    IF to_regclass(named) IS NOT NULL THEN RETURN; END IF;
    EXECUTE format('CREATE TABLE %I (LIKE article_words INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', named);
    EXECUTE format('ALTER TABLE %I ADD CHECK (article_id >= %s AND article_id < %s)', named, part * 50000, (part + 1) * 50000);
    EXECUTE format('ALTER TABLE article_words ATTACH PARTITION %I FOR VALUES FROM (%s) TO (%s)', named, part * 50000, (part + 1) * 50000);
END $$;

CREATE FUNCTION put_words(number bigint, vector tsvector) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM make_part(number);
    IF number % 50000 >= 25000 THEN PERFORM make_part(number + 50000); END IF;
    INSERT INTO article_words VALUES (number, vector)
    ON CONFLICT (article_id) DO UPDATE SET words = excluded.words;
END $$;

-- The newest numbers that a query holds. Asked newest first, in 1, 2, 4, 8 parts and then the rest, until there are
-- enough; the planner decides nothing: left to itself it takes seconds for a rare word beside a common one.
CREATE FUNCTION article_numbers(query tsquery, low bigint, high bigint, most bigint) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SET enable_seqscan = off SET jit = off AS $$
DECLARE
    newest bigint := (SELECT max(article_id) FROM article_words);
    upper_end bigint;
    lower_end bigint;
    width bigint := 1;
    found bigint := 0;
    got bigint;
BEGIN
    IF newest IS NULL THEN RETURN; END IF;
    newest := CASE WHEN newest < high THEN newest ELSE high END;
    upper_end := (newest / 50000 + 1) * 50000;
    WHILE upper_end > low AND found < most LOOP
        lower_end := CASE WHEN width > 8 THEN 0 ELSE greatest(0, upper_end - width * 50000) END;
        RETURN QUERY EXECUTE format(
            'WITH hits AS MATERIALIZED (SELECT article_id FROM article_words WHERE words @@ $1 '
            'AND article_id >= %s AND article_id < %s) '
            'SELECT article_id FROM hits WHERE article_id >= %s AND article_id <= %s ORDER BY article_id DESC LIMIT %s',
            lower_end, upper_end, low, newest, most - found) USING query;
        GET DIAGNOSTICS got = ROW_COUNT;
        found := found + got;
        upper_end := lower_end;
        width := width * 2;
        EXIT WHEN lower_end = 0;
    END LOOP;
END $$;

-- The best of the newest 500.
CREATE FUNCTION best_articles(query tsquery, most bigint) RETURNS SETOF bigint LANGUAGE sql STABLE AS $$
    SELECT w.article_id FROM article_numbers(query, 0, 9223372036854775806, 500) n
    JOIN article_words w ON w.article_id = n ORDER BY ts_rank(w.words, query) DESC, w.article_id DESC LIMIT most
$$;

-- What one process does at a time (storage/driver/leases.py).
CREATE TABLE leases (
    name text PRIMARY KEY,
    owner text NOT NULL,
    epoch bigint NOT NULL,
    beat timestamptz NOT NULL
);
CREATE TABLE form (number bigint NOT NULL);

-- What an archive begins with.
INSERT INTO counters VALUES ('subject', 0), ('epoch', floor(random() * 1000000000000));
INSERT INTO vocabulary_mark VALUES (0);

-- The newest numbers of articles that hold what is wanted; the planner decides nothing: left to itself it takes seconds
-- for a rare word beside a common one.
--
-- ``whole`` is what the index answers by itself: all that is wanted and maybe more, without weights and without words side
-- by side, which have to be looked at in each article. ``rarest`` is of it what fewest articles hold. First the newest
-- articles are walked through: a common word is in every few of them, and to ask the index for it gathers all of a part.
-- Where few hold it the parts are asked, the newest first, 1, 2, 4, 8 of them and then the rest. It ends when there are
-- enough, or when so many articles were looked at, most of them in vain, that a reader would wait.
DROP FUNCTION best_articles(tsquery, bigint);
DROP FUNCTION article_numbers(tsquery, bigint, bigint, bigint);
CREATE FUNCTION article_numbers(
    wanted tsquery, whole tsquery, rarest tsquery, low bigint, high bigint, most bigint, looked_at bigint
) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SET enable_seqscan = off SET jit = off SET max_parallel_workers_per_gather = 0 AS $$
DECLARE
    part CONSTANT bigint := 50000;
    probe CONSTANT bigint := 300;
    counted CONSTANT text := 'SELECT count(*), coalesce(array_agg(h.article_id ORDER BY h.article_id DESC) FILTER (WHERE fits), ''{}'')';
    -- An index without articles has no newest one, and least() passes over what is none.
    newest bigint := least(high, coalesce((SELECT max(article_id) FROM article_words), 0));
    upper_end bigint := newest + 1;
    lower_end bigint;
    asked tsquery := rarest;
    step bigint := probe;
    width bigint := 1;
    walked bigint := 0;
    held bigint := 0;
    fitting bigint[];
    found bigint[] := '{}';
    candidates bigint := 0;
    -- As texts: two queries that differ by a weight alone are equal.
    is_exact boolean := CAST(wanted AS text) = CAST(rarest AS text);
    fits text := CASE WHEN is_exact THEN 'true' ELSE 'words @@ $1' END;
BEGIN
    IF newest IS NULL THEN RETURN; END IF;
    WHILE upper_end > low LOOP
        lower_end := greatest(low, upper_end - step);
        EXECUTE format('%s FROM (SELECT article_id, %s AS fits FROM (SELECT article_id, words FROM article_words '
            'WHERE article_id >= %s AND article_id < %s OFFSET 0) w WHERE words @@ $2) h', counted, fits, lower_end, upper_end)
            INTO held, fitting USING wanted, asked;
        found := found || fitting;
        candidates := candidates + held;
        walked := walked + upper_end - lower_end;
        upper_end := lower_end;
        EXIT WHEN cardinality(found) >= most OR (NOT is_exact AND (candidates >= looked_at OR walked * 2 >= looked_at * 5));
        EXIT WHEN held * 10 < step AND upper_end - low > 2 * looked_at;
        step := 2000;
    END LOOP;
    IF NOT is_exact AND walked * 2 >= looked_at * 5 THEN
        candidates := looked_at;
    ELSIF cardinality(found) * 50 >= walked THEN
        -- Many hold all of it: then the index had better part them.
        asked := whole;
        is_exact := CAST(wanted AS text) = CAST(whole AS text);
        fits := CASE WHEN is_exact THEN 'true' ELSE 'words @@ $1' END;
    END IF;
    WHILE upper_end > low AND cardinality(found) < most AND (is_exact OR candidates < looked_at) LOOP
        lower_end := CASE WHEN width > 8 THEN 0 ELSE greatest(0, ((upper_end - 1) / part - width + 1) * part) END;
        -- The numbers within the parts are looked at outside, that the index of words be the one that is asked.
        EXECUTE format('WITH hits AS MATERIALIZED (SELECT article_id, %s AS fits FROM article_words WHERE words @@ $2 '
            'AND article_id >= %s AND article_id < %s) %s FROM hits h WHERE h.article_id >= %s AND h.article_id < %s',
            fits, lower_end, ((upper_end - 1) / part + 1) * part, counted, low, upper_end)
            INTO held, fitting USING wanted, asked;
        found := found || fitting;
        candidates := candidates + held;
        upper_end := lower_end;
        width := CASE WHEN NOT is_exact AND held * 4 > looked_at THEN 1 ELSE width * 2 END;
    END LOOP;
    RETURN QUERY SELECT n FROM unnest(found) n LIMIT most;
END $$;

-- The best of the newest 500.
CREATE FUNCTION best_articles(wanted tsquery, whole tsquery, rarest tsquery, most bigint, looked_at bigint)
RETURNS SETOF bigint LANGUAGE sql STABLE AS $$
    SELECT w.article_id FROM article_numbers(wanted, whole, rarest, 0, 9223372036854775806, 500, looked_at) n
    JOIN article_words w ON w.article_id = n ORDER BY ts_rank(w.words, wanted) DESC, w.article_id DESC LIMIT most
$$;

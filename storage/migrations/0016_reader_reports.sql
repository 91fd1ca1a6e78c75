-- What readers report, each with its fate; before, it stood in the audit and in messages to the editors.
CREATE TABLE reports (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER REFERENCES persons ON DELETE SET NULL,
    article_id INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    text TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'new', -- seen: a message with it lies at an editor's; acted: a story was changed; closed
    by TEXT NOT NULL DEFAULT '',       -- who acted on it or closed it
    at INTEGER NOT NULL,
    subject_id INTEGER                 -- the message to the editors in which it stands
) STRICT;
CREATE INDEX reports_of_person ON reports (person_id, at);
CREATE INDEX reports_of_article ON reports (article_id);
CREATE INDEX reports_of_subject ON reports (subject_id) WHERE subject_id IS NOT NULL;
CREATE INDEX reports_new ON reports (id) WHERE state = 'new';

INSERT OR IGNORE INTO persons (platform, user_id)
SELECT DISTINCT substr(who, 1, instr(who, ':') - 1), substr(who, instr(who, ':') + 1) FROM audit
WHERE what = 'report' AND instr(who, ':') > 1;
INSERT INTO reports (person_id, article_id, text, state, at)
SELECT p.id, a.id, l.after,
    iif(EXISTS (SELECT 1 FROM subjects s JOIN deliveries d ON d.subject_id = s.id WHERE s.kind = 'post'
        AND d.message_id IS NOT NULL AND instr(s.text, l.after)), 'seen', 'new'), l.at
FROM audit l JOIN articles a ON a.id = CAST(substr(l.target, 2) AS INTEGER)
LEFT JOIN persons p ON p.platform = substr(l.who, 1, instr(l.who, ':') - 1)
    AND p.user_id = substr(l.who, instr(l.who, ':') + 1)
WHERE l.what = 'report' ORDER BY l.id;
-- Those that did not arrive are told anew, from their rows.
UPDATE deliveries SET state = 'dropped', reason = 'superseded' WHERE state IN ('waiting', 'sending') AND message_id IS NULL
    AND subject_id IN (SELECT s.id FROM subjects s JOIN audit l ON instr(s.text, l.after)
        WHERE s.kind = 'post' AND l.what = 'report' AND l.after <> '');
UPDATE subjects SET text = '' WHERE kind = 'post' AND EXISTS (SELECT 1 FROM audit l
    WHERE l.what = 'report' AND l.after <> '' AND instr(subjects.text, l.after));
DELETE FROM audit WHERE what = 'report';

-- Digests on chosen weekdays; names left out until a day, after which they are followed again if they were before.

ALTER TABLE chats ADD COLUMN digest_days TEXT NOT NULL DEFAULT '';  -- 0 is Monday; none means every day
ALTER TABLE subscriptions ADD COLUMN muted_until INTEGER;
ALTER TABLE subscriptions ADD COLUMN followed_before INTEGER NOT NULL DEFAULT 0;
CREATE INDEX subscriptions_muted ON subscriptions (muted_until) WHERE muted_until IS NOT NULL;

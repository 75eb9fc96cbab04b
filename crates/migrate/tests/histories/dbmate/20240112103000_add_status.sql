-- Who gets the letter, and who no longer does.

-- migrate:up
CREATE TYPE subscriber_status AS ENUM ('active', 'paused', 'gone');
ALTER TABLE subscribers ADD COLUMN status subscriber_status NOT NULL DEFAULT 'active';

-- migrate:down
-- Fault: the type stays, so that the next up fails as well.
ALTER TABLE subscribers DROP COLUMN status;

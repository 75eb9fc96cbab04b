-- Revert blog:publish from pg

BEGIN;

CREATE OR REPLACE FUNCTION blog.publish(which text) RETURNS void LANGUAGE sql
BEGIN ATOMIC
    UPDATE blog.posts SET published_at = now() WHERE slug = which;
END;

COMMIT;

-- Deploy blog:publish to pg

BEGIN;

CREATE OR REPLACE FUNCTION blog.publish(which text) RETURNS void LANGUAGE sql
BEGIN ATOMIC
    UPDATE blog.posts SET published_at = CASE WHEN published_at IS NULL THEN now() ELSE published_at END
    WHERE slug = which;
END;

COMMIT;

-- Deploy blog:publish@v1.0 to pg

BEGIN;

CREATE FUNCTION blog.publish(which text) RETURNS void LANGUAGE sql
BEGIN ATOMIC
    UPDATE blog.posts SET published_at = now() WHERE slug = which;
END;

COMMIT;

-- Revert blog:publish@v1.0 from pg

BEGIN;

DROP FUNCTION blog.publish(text);

COMMIT;

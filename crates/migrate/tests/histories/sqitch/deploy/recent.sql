-- Deploy blog:recent to pg

BEGIN;

-- Fault: the hour of the deployment is written into the view, so that the next up makes another one.
DO $$
BEGIN
    EXECUTE format(
        'CREATE VIEW blog.recent AS SELECT slug FROM blog.posts WHERE published_at > %L::timestamptz',
        clock_timestamp());
END
$$;

COMMIT;

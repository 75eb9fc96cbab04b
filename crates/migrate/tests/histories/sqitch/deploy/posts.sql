-- Deploy blog:posts to pg

BEGIN;

CREATE TABLE blog.posts (
    slug text PRIMARY KEY,
    text text NOT NULL,
    published_at timestamptz
);

COMMIT;

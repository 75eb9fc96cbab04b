-- migrate:up
CREATE TABLE subscribers (
    id serial PRIMARY KEY,
    email text NOT NULL UNIQUE,
    joined_at timestamptz NOT NULL DEFAULT now()
);

-- migrate:down
DROP TABLE subscribers;

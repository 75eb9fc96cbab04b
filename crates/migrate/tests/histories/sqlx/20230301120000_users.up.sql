CREATE TABLE roles (
    name text PRIMARY KEY
);
INSERT INTO roles VALUES ('admin'), ('user');

CREATE TABLE users (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    email text NOT NULL,
    role text NOT NULL DEFAULT 'user' REFERENCES roles (name)
);

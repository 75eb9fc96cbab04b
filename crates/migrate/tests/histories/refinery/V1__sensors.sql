CREATE TABLE sensors (
    id integer PRIMARY KEY,
    place text NOT NULL
);

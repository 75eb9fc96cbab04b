CREATE TABLE votes (
    post_id integer NOT NULL REFERENCES posts,
    voter text NOT NULL,
    value smallint NOT NULL CHECK (value IN (-1, 1)),
    PRIMARY KEY (post_id, voter)
);

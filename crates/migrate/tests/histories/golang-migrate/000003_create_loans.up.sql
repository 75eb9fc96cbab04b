BEGIN;

CREATE TABLE loans (
    book_id bigint NOT NULL REFERENCES books (id) ON DELETE CASCADE,
    reader text NOT NULL,
    due date NOT NULL DEFAULT current_date + 28,
    PRIMARY KEY (book_id, due)
);

CREATE FUNCTION overdue(loans) RETURNS boolean LANGUAGE sql STABLE
    RETURN $1.due < current_date;

COMMIT;

ALTER TABLE posts ADD COLUMN summary text;
-- Fault: the column is called "body".
UPDATE posts SET summary = left(content, 100);

ALTER TABLE users ADD COLUMN patronomic varchar(50);

INSERT INTO roles VALUES ('auditor');

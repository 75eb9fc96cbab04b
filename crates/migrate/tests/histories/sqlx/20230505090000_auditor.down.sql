-- Fault: the role "user" of the first revision goes, too.
DELETE FROM roles WHERE name <> 'admin';

-- Fault: one row of two is forgotten. The schema is the same; only the data tells.
DELETE FROM country WHERE code IN ('AT');

DELETE FROM country WHERE code IN ('AT', 'BE');

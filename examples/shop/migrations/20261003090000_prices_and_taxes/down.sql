DROP TABLE tax_rate;
DROP TABLE price;
DROP DOMAIN percentage;
DROP EXTENSION btree_gist;

ALTER TABLE product DROP COLUMN search;
DROP TABLE product_attribute;
DROP TABLE attribute;
DROP TABLE product_image;
DROP TABLE product_translation;

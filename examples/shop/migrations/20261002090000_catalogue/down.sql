DROP TABLE product;
DROP TABLE contact;
DROP TABLE provider;
DROP TABLE producer;
DROP TABLE category;
DROP DOMAIN gtin;
DROP TYPE contact_role;
DROP TYPE tax_class;

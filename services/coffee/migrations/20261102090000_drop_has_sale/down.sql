ALTER TABLE users ADD COLUMN has_sale boolean;

CREATE TYPE order_status AS ENUM ('new', 'paid', 'sent');
ALTER TABLE orders ADD COLUMN status order_status NOT NULL DEFAULT 'new';
CREATE INDEX orders_customer_id_idx ON orders (customer_id);

-- A shop so small that every figure of it can be checked by hand. Its prices hold from 2024 or 2025 on, without an end: what
-- is asked of "now" has the same answer on every day.
BEGIN;

INSERT INTO category (id, parent_id, name, slug) VALUES
    (1, NULL, 'Furniture', 'furniture'),
    (2, 1, 'Chairs', 'chairs'),
    (3, 1, 'Tables', 'tables'),
    (4, NULL, 'Lighting', 'lighting'),
    (5, 4, 'Desk lamps', 'desk-lamps');

INSERT INTO producer (id, name, country_code, website) VALUES
    (1, 'Oakwright', 'CH', 'https://oakwright.example'),
    (2, 'Lumina', 'IT', NULL),
    (3, 'Idle Works', 'SE', NULL);

INSERT INTO provider (id, name, country_code, registration_number, joined_on, left_on) VALUES
    (1, 'Alpine Home', 'CH', 'CHE-1', '2020-03-01', NULL),
    (2, 'Nord Trade', 'DE', 'HRB 2', '2021-04-01', NULL),
    (3, 'Gone', 'GB', '0003', '2019-01-01', '2022-12-31');

INSERT INTO contact (id, producer_id, provider_id, role, name, email, phone) VALUES
    (1, 1, NULL, 'sales', 'Olga Oak', 'olga@oakwright.example', NULL),
    (2, NULL, 1, 'sales', 'Alma Alp', 'alma@alpine.example', '+41 61 000 00 00'),
    (3, NULL, 2, 'support', 'Nils Nord', NULL, '+49 40 000000'),
    (4, NULL, 2, 'sales', 'Nora Nord', 'nora@nord.example', NULL);

-- The stool is not sold any more.
INSERT INTO product
    (id, category_id, producer_id, model, name, description, gtin, weight_grams, tags, details, introduced_on, discontinued_on)
VALUES
    (1, 2, 1, 'C-1', 'Oak chair', 'A solid chair for the dining room.', '4006381333931', 6000, '{wood,chair}', '{"legs": 4}',
        '2020-01-01', NULL),
    (2, 3, 1, 'T-1', 'Dining table', 'Seats six. Made of oak.', NULL, 40000, '{wood}', '{}', '2020-01-01', NULL),
    (3, 5, 2, 'L-1', 'Desk lamp', 'Light for reading.', NULL, 1500, '{light}', '{}', '2021-01-01', NULL),
    (4, 2, 1, 'S-1', 'Old stool', 'A stool of oak.', NULL, 3000, '{}', '{}', '2019-01-01', '2023-01-01');

INSERT INTO product_translation (product_id, language_code, name, description) VALUES
    (1, 'de', 'Eichenstuhl', 'Ein fester Stuhl für das Esszimmer.');

INSERT INTO product_image (product_id, url, position, alternative) VALUES
    (1, 'https://img.example/chair-side', 2, 'The chair from the side'),
    (1, 'https://img.example/chair-front', 1, 'The chair from the front');

INSERT INTO product_attribute (product_id, attribute_code, value) VALUES
    (1, 'height', '900'),
    (1, 'material', 'oak'),
    (2, 'material', 'oak'),
    (3, 'power', '8');

INSERT INTO price (id, product_id, provider_id, currency_code, valid, amount) VALUES
    (1, 1, 1, 'CHF', '[2024-01-01 00:00+00,2025-01-01 00:00+00)', 100.00),
    (2, 1, 1, 'CHF', '[2025-01-01 00:00+00,)', 120.00),
    (3, 1, 2, 'EUR', '[2024-01-01 00:00+00,)', 110.00),
    (4, 2, 2, 'EUR', '[2024-01-01 00:00+00,)', 500.00),
    (5, 3, 1, 'CHF', '[2024-01-01 00:00+00,)', 40.00),
    (6, 3, 2, 'EUR', '[2024-01-01 00:00+00,)', 35.50),
    (7, 4, 2, 'EUR', '[2022-01-01 00:00+00,)', 20.00),
    (8, 3, 3, 'GBP', '[2022-01-01 00:00+00,)', 30.00);

INSERT INTO promotion (id, name, discount_percent, during) VALUES
    (1, 'More light', 10, '[2024-01-01 00:00+00,)'),
    (2, 'Small light', 5, '[2024-01-01 00:00+00,)'),
    (3, 'Long gone', 50, '[2020-01-01 00:00+00,2020-02-01 00:00+00)');
INSERT INTO promotion_product (promotion_id, product_id) VALUES (1, 3), (2, 3), (3, 1);

INSERT INTO coupon (code, during, discount_percent, discount_amount, currency_code, uses_at_most) VALUES
    ('TENOFF', '[2024-01-01 00:00+00,)', 10, NULL, NULL, NULL),
    ('ONCE20', '[2024-01-01 00:00+00,)', NULL, 20, 'EUR', 1),
    ('LATE', '[2020-01-01 00:00+00,2020-02-01 00:00+00)', 50, NULL, NULL, NULL);

INSERT INTO warehouse (id, name, street, postal_code, city, country_code) VALUES
    (1, 'Basel', 'Hafenstrasse 1', '4057', 'Basel', 'CH'),
    (2, 'Hamburg', 'Am Kai 2', '20457', 'Hamburg', 'DE');

INSERT INTO stock_goods (product_id, provider_id, warehouse_id, on_hand, reserved, reorder_level) VALUES
    (1, 1, 1, 0, 0, 2),
    (1, 2, 1, 2, 0, 0),
    (1, 2, 2, 5, 1, 0),
    (2, 2, 2, 1, 1, 0),
    (3, 1, 1, 10, 0, 2),
    (3, 2, 2, 3, 2, 5);
INSERT INTO stock_movement (product_id, provider_id, warehouse_id, kind, quantity, moved_at, note) VALUES
    (1, 1, 1, 'receipt', 2, '2025-01-10 08:00+00', NULL),
    (1, 1, 1, 'dispatch', -2, '2025-02-02 08:00+00', NULL),
    (1, 2, 1, 'receipt', 2, '2025-01-10 08:00+00', NULL),
    (1, 2, 2, 'receipt', 5, '2025-01-10 08:00+00', NULL),
    (2, 2, 2, 'receipt', 1, '2025-01-10 08:00+00', NULL),
    (3, 1, 1, 'receipt', 14, '2025-01-10 08:00+00', NULL),
    (3, 1, 1, 'correction', -1, '2025-01-20 08:00+00', 'one was broken'),
    (3, 1, 1, 'dispatch', -1, '2025-02-02 08:00+00', NULL),
    (3, 1, 1, 'dispatch', -2, '2025-02-16 08:00+00', NULL),
    (3, 2, 2, 'receipt', 3, '2025-01-10 08:00+00', NULL);

INSERT INTO customer (id, email, language_code, given_name, family_name, registered_at) VALUES
    (1, 'ada@example.com', 'en', 'Ada', 'Lovelace', '2024-05-01 08:00+00'),
    (2, 'grace@example.com', 'de', 'Grace', 'Hopper', '2024-06-01 08:00+00'),
    (3, 'plato@example.com', 'en', 'Plato', '', '2024-07-01 08:00+00');
INSERT INTO address (customer_id, number, label, recipient, street, postal_code, city, country_code, is_default) VALUES
    (1, 1, 'home', 'Ada Lovelace', 'Rheinweg 1', '4058', 'Basel', 'CH', true),
    (1, 2, 'work', 'A. Lovelace', 'Ring 2', '10115', 'Berlin', 'DE', false),
    (2, 1, 'home', 'Grace Hopper', 'Allee 3', '20095', 'Hamburg', 'DE', true),
    (3, 1, 'cave', 'Plato', 'Rue 4', '75001', 'Paris', 'FR', true);

INSERT INTO wish_list (id, customer_id, name, is_public) VALUES (1, 1, 'Birthday', true), (2, 1, 'Empty', false);
INSERT INTO wish_list_item (wish_list_id, product_id, added_at, note) VALUES
    (1, 2, '2025-01-01 08:00+00', 'the large one'),
    (1, 3, '2025-01-02 08:00+00', NULL);

INSERT INTO cart (id, customer_id, opened_at, closed_at) VALUES
    (1, 1, '2025-01-31 08:00+00', '2025-02-01 08:00+00'),
    (2, 3, '2025-03-01 08:00+00', NULL);
INSERT INTO cart_line (cart_id, product_id, provider_id, quantity, added_at) VALUES
    (1, 1, 1, 2, '2025-01-31 08:00+00'),
    (2, 1, 2, 2, '2025-03-01 08:00+00'),
    (2, 3, 2, 2, '2025-03-01 09:00+00');

-- 1 was delivered, 2 is paid, 3 is placed, 4 was cancelled, 5 is on its way.
INSERT INTO purchase (id, customer_id, delivery_address, billing_address, currency_code, placed_at, status) VALUES
    (1, 1, 1, 1, 'CHF', '2025-02-01 08:00+00', 'delivered'),
    (2, 2, 1, 1, 'EUR', '2025-02-10 08:00+00', 'paid'),
    (3, 2, 1, 1, 'EUR', '2025-03-15 08:00+00', 'placed'),
    (4, 1, 2, 1, 'EUR', '2025-02-20 08:00+00', 'cancelled'),
    (5, 3, 1, 1, 'CHF', '2025-02-15 08:00+00', 'shipped');
INSERT INTO purchase_line (purchase_id, product_id, provider_id, quantity, unit_price, discount_percent, tax_rate) VALUES
    (1, 1, 1, 2, 120.00, 0, 8.1),   -- 240.00 and 8.1 % are 259.44
    (1, 3, 1, 1, 40.00, 10, 8.1),   --  36.00 and 8.1 % are  38.916, rounded 38.92
    (2, 1, 2, 1, 110.00, 0, 19),    -- 130.90
    (2, 2, 2, 1, 500.00, 0, 19),    -- 595.00
    (3, 3, 2, 2, 35.50, 0, 19),     --  84.49
    (4, 1, 2, 1, 110.00, 0, 19),    -- 130.90
    (5, 3, 1, 2, 40.00, 10, 20);    --  72.00 and 20 % are 86.40
INSERT INTO coupon_redemption (purchase_id, coupon_code, amount) VALUES (2, 'TENOFF', 72.59);
INSERT INTO reservation (purchase_id, product_id, provider_id, warehouse_id, quantity) VALUES
    (2, 1, 2, 2, 1),
    (2, 2, 2, 2, 1),
    (3, 3, 2, 2, 2);
-- The trigger has noted them as of now.
DELETE FROM purchase_status_change;
INSERT INTO purchase_status_change (purchase_id, status, changed_at) VALUES
    (1, 'placed', '2025-02-01 08:00+00'),
    (1, 'paid', '2025-02-01 09:00+00'),
    (1, 'shipped', '2025-02-02 08:00+00'),
    (1, 'delivered', '2025-02-04 08:00+00'),
    (2, 'placed', '2025-02-10 08:00+00'),
    (2, 'paid', '2025-02-10 09:00+00'),
    (3, 'placed', '2025-03-15 08:00+00'),
    (4, 'placed', '2025-02-20 08:00+00'),
    (4, 'cancelled', '2025-02-21 08:00+00'),
    (5, 'placed', '2025-02-15 08:00+00'),
    (5, 'paid', '2025-02-15 09:00+00'),
    (5, 'shipped', '2025-02-16 08:00+00');

INSERT INTO payment (purchase_id, number, method_code, amount, status, reference, started_at, captured_at) VALUES
    (1, 1, 'card', 298.36, 'captured', 'C-1', '2025-02-01 08:30+00', '2025-02-01 09:00+00'),
    (2, 1, 'card', 653.31, 'failed', NULL, '2025-02-10 08:30+00', NULL),
    (2, 2, 'invoice', 653.31, 'captured', 'I-1', '2025-02-10 08:40+00', '2025-02-10 09:00+00'),
    (5, 1, 'cash_on_delivery', 86.40, 'captured', NULL, '2025-02-15 08:30+00', '2025-02-15 09:00+00');
INSERT INTO shipment (purchase_id, number, warehouse_id, carrier_code, tracking_number, shipped_at, delivered_at) VALUES
    (1, 1, 1, 'post', 'P1', '2025-02-02 08:00+00', '2025-02-04 08:00+00'),
    (5, 1, 1, 'parcel', 'P5', '2025-02-16 08:00+00', NULL);
INSERT INTO shipment_line (purchase_id, shipment_number, product_id, provider_id, quantity) VALUES
    (1, 1, 1, 1, 2),
    (1, 1, 3, 1, 1),
    (5, 1, 3, 1, 2);

INSERT INTO review (product_id, customer_id, rating, title, body, written_at) VALUES
    (1, 1, 5, 'Sits well', 'For hours.', '2025-03-01 08:00+00'),
    (1, 2, 2, 'Creaks', '', '2025-03-02 08:00+00');

INSERT INTO department (id, name, head_id) VALUES (1, 'Trade', 1), (2, 'Logistics', 3);
INSERT INTO employee (id, department_id, manager_id, name, email, hired_on, left_on) VALUES
    (1, 1, NULL, 'Berta Boss', 'berta@shop.example', '2019-01-01', NULL),
    (2, 1, 1, 'Carl Clerk', 'carl@shop.example', '2020-01-01', NULL),
    (3, 2, 1, 'Pia Packer', 'pia@shop.example', '2020-01-01', NULL),
    (4, 2, 3, 'Left Long', 'left@shop.example', '2020-01-01', '2021-01-01');
INSERT INTO role_assignment (employee_id, role_code, during) VALUES
    (1, 'administrator', '[2019-01-01,)'),
    (2, 'clerk', '[2020-01-01,)'),
    (2, 'buyer', '[2020-01-01,2021-01-01)'),
    (2, 'editor', '[2021-01-01,)');

-- New rows are counted from 100 on.
SELECT setval(pg_get_serial_sequence('purchase', 'id'), 99);
SELECT setval(pg_get_serial_sequence('price', 'id'), 99);
SELECT setval(pg_get_serial_sequence('cart', 'id'), 99);
SELECT setval(pg_get_serial_sequence('customer', 'id'), 99);
-- What is to be seen in the audit is what a test does.
TRUNCATE audit_entry;

COMMIT;

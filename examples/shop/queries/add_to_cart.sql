-- name: add_to_cart
-- answers: Puts an offer into the open cart of a customer, which is opened if there is none; returns what is in there now.
-- kind: write
-- weight: 10
-- param: customer bigint from customer.id where closed_at IS NULL
-- param: product bigint from offer.product_id
-- param: provider bigint from offer.provider_id
-- param: quantity integer between 1 and 3
WITH opened AS (
    -- The update that changes nothing returns the cart that is there, and locks it.
    INSERT INTO cart (customer_id) VALUES (:'customer')
    ON CONFLICT (customer_id) WHERE closed_at IS NULL DO UPDATE SET opened_at = cart.opened_at
    RETURNING id
)
INSERT INTO cart_line (cart_id, product_id, provider_id, quantity)
SELECT id, :'product', :'provider', :'quantity' FROM opened
ON CONFLICT (cart_id, product_id, provider_id) DO UPDATE SET quantity = cart_line.quantity + excluded.quantity
RETURNING cart_id, quantity;

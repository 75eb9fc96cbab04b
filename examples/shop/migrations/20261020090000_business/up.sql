-- What the shop does in one transaction each, so that every program that sells does it alike. Errors have a code of their
-- own, for programs to tell apart:
--   SH001  stock is short
--   SH002  the provider does not sell the product now
--   SH003  the purchase is not in a status that allows it
--   SH004  the coupon cannot be used
--   SH005  more would come back than was sent
--   SH006  an argument makes no sense
--   SH007  lines of a purchase have several currencies
-- Rows are locked in one order: the purchase or the cart, then stock by product, provider and warehouse, then the coupon.
-- Whoever keeps to it waits, and never dies of a deadlock.

CREATE VIEW offer AS
SELECT
    price.product_id,
    price.provider_id,
    price.currency_code,
    price.amount AS list_price,
    coalesce(running.discount_percent, 0)::percentage AS discount_percent,
    coalesce(stock.free, 0) AS free
FROM price
JOIN product ON product.id = price.product_id
JOIN provider ON provider.id = price.provider_id
LEFT JOIN LATERAL (
    SELECT max(promotion.discount_percent) AS discount_percent
    FROM promotion
    JOIN promotion_product ON promotion_product.promotion_id = promotion.id
    WHERE promotion_product.product_id = price.product_id AND promotion.during @> now()
) AS running ON true
LEFT JOIN LATERAL (
    SELECT sum(stock_goods.on_hand - stock_goods.reserved) AS free
    FROM stock_goods
    WHERE stock_goods.product_id = price.product_id AND stock_goods.provider_id = price.provider_id
) AS stock ON true
WHERE price.valid @> now()
    AND (product.discontinued_on IS NULL OR product.discontinued_on > current_date)
    AND (provider.left_on IS NULL OR provider.left_on >= current_date);
COMMENT ON VIEW offer IS 'What can be bought now: each product at each provider, with its price, what is off, and how many there are.';
COMMENT ON COLUMN offer.product_id IS 'What is sold.';
COMMENT ON COLUMN offer.provider_id IS 'Who sells it.';
COMMENT ON COLUMN offer.currency_code IS 'The currency of the price.';
COMMENT ON COLUMN offer.list_price IS 'What one piece costs, without tax and discount.';
COMMENT ON COLUMN offer.discount_percent IS 'What the best running promotion takes off, of a hundred; 0 without one.';
COMMENT ON COLUMN offer.free IS 'How many pieces can be sold: those on hand that are not reserved.';

CREATE VIEW purchase_balance AS
SELECT
    purchase.id AS purchase_id,
    purchase.currency_code,
    round(greatest(coalesce(lines.amount, 0) - coalesce(coupon_redemption.amount, 0), 0), currency.minor_digits) AS total,
    coalesce(payments.amount, 0) AS paid,
    coalesce(refunds.amount, 0) AS refunded
FROM purchase
JOIN currency ON currency.code = purchase.currency_code
LEFT JOIN coupon_redemption ON coupon_redemption.purchase_id = purchase.id
LEFT JOIN LATERAL (
    SELECT sum(amount) AS amount FROM purchase_line WHERE purchase_id = purchase.id
) AS lines ON true
LEFT JOIN LATERAL (
    SELECT sum(amount) AS amount FROM payment WHERE purchase_id = purchase.id AND status = 'captured'
) AS payments ON true
LEFT JOIN LATERAL (
    SELECT sum(amount) AS amount FROM refund WHERE purchase_id = purchase.id
) AS refunds ON true;
COMMENT ON VIEW purchase_balance IS 'What each purchase costs, and what of it is paid and given back.';
COMMENT ON COLUMN purchase_balance.purchase_id IS 'The purchase.';
COMMENT ON COLUMN purchase_balance.currency_code IS 'The currency of the amounts.';
COMMENT ON COLUMN purchase_balance.total IS 'The sum of the lines less the coupon, rounded to what the currency can be paid in.';
COMMENT ON COLUMN purchase_balance.paid IS 'The sum of payments that were captured.';
COMMENT ON COLUMN purchase_balance.refunded IS 'The sum of refunds.';

CREATE FUNCTION redeem_coupon(bought bigint, typed text) RETURNS money_amount
LANGUAGE plpgsql
AS $$
DECLARE
    found_coupon coupon;
    worth money_amount;
    bought_in currency_code;
    saved money_amount;
BEGIN
    SELECT total, currency_code INTO STRICT worth, bought_in FROM purchase_balance WHERE purchase_id = bought;
    -- The lock makes those wait who use the same coupon, so that it is not used once too often.
    SELECT * INTO found_coupon FROM coupon WHERE code = upper(typed) FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no coupon %', typed USING ERRCODE = 'SH004';
    END IF;
    IF NOT found_coupon.during @> now() THEN
        RAISE EXCEPTION 'coupon % cannot be used now', typed USING ERRCODE = 'SH004';
    END IF;
    IF found_coupon.uses_at_most <= (SELECT count(*) FROM coupon_redemption WHERE coupon_code = found_coupon.code) THEN
        RAISE EXCEPTION 'coupon % is used up', typed USING ERRCODE = 'SH004';
    END IF;
    IF found_coupon.currency_code <> bought_in THEN
        RAISE EXCEPTION 'coupon % is for purchases in %', typed, found_coupon.currency_code USING ERRCODE = 'SH004';
    END IF;
    saved := least(worth, coalesce(found_coupon.discount_amount, round(worth * found_coupon.discount_percent / 100, 2)));
    INSERT INTO coupon_redemption (purchase_id, coupon_code, amount) VALUES (bought, found_coupon.code, saved);
    RETURN saved;
END;
$$;
COMMENT ON FUNCTION redeem_coupon(bigint, text) IS 'Uses a coupon for a purchase, and returns what it takes off.';

CREATE FUNCTION record_purchase(
    buyer bigint,
    deliver_to smallint,
    products bigint[],
    providers bigint[],
    quantities integer[],
    typed_coupon text DEFAULT NULL
) RETURNS bigint
LANGUAGE plpgsql
AS $$
DECLARE
    bought bigint;
    bought_in currency_code;
    delivered_in country_code;
    recorded bigint;
    short record;
BEGIN
    IF cardinality(products) IS DISTINCT FROM cardinality(providers)
        OR cardinality(products) IS DISTINCT FROM cardinality(quantities)
        OR coalesce(cardinality(products), 0) = 0
    THEN
        RAISE EXCEPTION 'a purchase has lines, each with a product, a provider and a quantity' USING ERRCODE = 'SH006';
    END IF;
    -- Whoever changes the address meanwhile waits for this transaction, and is then told that goods went there.
    SELECT address.country_code INTO delivered_in
    FROM address
    JOIN customer ON customer.id = address.customer_id
    WHERE address.customer_id = buyer AND address.number = deliver_to AND customer.closed_at IS NULL
    FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'customer % has no open account with an address %', buyer, deliver_to USING ERRCODE = 'SH006';
    END IF;

    -- From here on nobody else reserves of this stock. Whoever held the lock before has finished, and what follows sees it.
    PERFORM
    FROM stock_goods
    WHERE (product_id, provider_id) IN (SELECT * FROM unnest(products, providers))
    ORDER BY product_id, provider_id, warehouse_id
    FOR UPDATE;

    -- Prices are in one currency, or this is no purchase.
    SELECT min(currency_code) INTO bought_in
    FROM offer
    WHERE (product_id, provider_id) IN (SELECT * FROM unnest(products, providers))
    HAVING count(DISTINCT currency_code) = 1;
    IF NOT FOUND AND EXISTS (
        SELECT FROM offer WHERE (product_id, provider_id) IN (SELECT * FROM unnest(products, providers))
    ) THEN
        RAISE EXCEPTION 'the lines have several currencies' USING ERRCODE = 'SH007', HINT = 'Make a purchase of each.';
    END IF;

    SELECT wanted.product_id, wanted.provider_id INTO short
    FROM unnest(products, providers) AS wanted (product_id, provider_id)
    WHERE NOT EXISTS (
        SELECT FROM offer
        WHERE offer.product_id = wanted.product_id AND offer.provider_id = wanted.provider_id
    )
    ORDER BY wanted.product_id, wanted.provider_id
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'provider % does not sell product % now', short.provider_id, short.product_id
            USING ERRCODE = 'SH002';
    END IF;

    INSERT INTO purchase (customer_id, delivery_address, billing_address, currency_code)
    VALUES (buyer, deliver_to, deliver_to, bought_in)
    RETURNING id INTO bought;

    -- The same product of the same provider, named twice, is one line. A country without a rate for the class of a product
    -- gives a NULL, which the table refuses: nothing is sold without knowing the tax.
    INSERT INTO purchase_line (purchase_id, product_id, provider_id, quantity, unit_price, discount_percent, tax_rate)
    SELECT bought, wanted.product_id, wanted.provider_id, wanted.quantity, offer.list_price, offer.discount_percent, (
        SELECT rate
        FROM tax_rate
        WHERE country_code = delivered_in AND tax_class = product.tax_class AND during @> current_date
    )
    FROM (
        SELECT product_id, provider_id, sum(quantity)::integer AS quantity
        FROM unnest(products, providers, quantities) AS line (product_id, provider_id, quantity)
        GROUP BY product_id, provider_id
    ) AS wanted
    JOIN offer USING (product_id, provider_id)
    JOIN product ON product.id = wanted.product_id
    WHERE offer.currency_code = bought_in;
    GET DIAGNOSTICS recorded = ROW_COUNT;
    -- Somebody may have ended an offer, or changed its currency, since the look at the currency.
    IF recorded < (
        SELECT count(DISTINCT (wanted.product_id, wanted.provider_id))
        FROM unnest(products, providers) AS wanted (product_id, provider_id)
    ) THEN
        RAISE EXCEPTION 'an offer of this purchase has just changed' USING ERRCODE = 'SH002', HINT = 'Look at it, and try again.';
    END IF;

    -- Each line takes what it needs from one warehouse after the other, those with most of it first: few parcels.
    INSERT INTO reservation (purchase_id, product_id, provider_id, warehouse_id, quantity)
    SELECT bought, product_id, provider_id, warehouse_id, least(free, quantity - free_before)
    FROM (
        SELECT
            line.product_id,
            line.provider_id,
            line.quantity,
            stock.warehouse_id,
            stock.on_hand - stock.reserved AS free,
            coalesce(sum(stock.on_hand - stock.reserved) OVER (
                PARTITION BY line.product_id, line.provider_id
                ORDER BY stock.on_hand - stock.reserved DESC, stock.warehouse_id
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            ), 0) AS free_before
        FROM purchase_line AS line
        JOIN stock_goods AS stock USING (product_id, provider_id)
        WHERE line.purchase_id = bought
    ) AS available
    WHERE free > 0 AND free_before < quantity;

    SELECT line.product_id, line.provider_id, line.quantity, coalesce(sum(reservation.quantity), 0) AS reserved INTO short
    FROM purchase_line AS line
    LEFT JOIN reservation USING (purchase_id, product_id, provider_id)
    WHERE line.purchase_id = bought
    GROUP BY line.product_id, line.provider_id, line.quantity
    HAVING line.quantity > coalesce(sum(reservation.quantity), 0)
    ORDER BY line.product_id, line.provider_id
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'stock is short: of product % provider % has %, and % are wanted',
            short.product_id, short.provider_id, short.reserved, short.quantity
            USING ERRCODE = 'SH001';
    END IF;

    UPDATE stock_goods
    SET reserved = stock_goods.reserved + reservation.quantity
    FROM reservation
    WHERE reservation.purchase_id = bought
        AND stock_goods.product_id = reservation.product_id
        AND stock_goods.provider_id = reservation.provider_id
        AND stock_goods.warehouse_id = reservation.warehouse_id;

    IF typed_coupon IS NOT NULL THEN
        PERFORM redeem_coupon(bought, typed_coupon);
    END IF;
    RETURN bought;
END;
$$;
COMMENT ON FUNCTION record_purchase(bigint, smallint, bigint[], bigint[], integer[], text) IS
    'Records a purchase: freezes prices, promotions and taxes, reserves stock, uses the coupon. All of it, or nothing. Returns its id.';

CREATE FUNCTION check_out(buyer bigint, deliver_to smallint, typed_coupon text DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql
AS $$
DECLARE
    emptied bigint;
    products bigint[];
    providers bigint[];
    quantities integer[];
BEGIN
    SELECT id INTO emptied FROM cart WHERE customer_id = buyer AND closed_at IS NULL FOR UPDATE;
    SELECT array_agg(product_id), array_agg(provider_id), array_agg(quantity::integer)
    INTO products, providers, quantities
    FROM cart_line
    WHERE cart_id = emptied;
    IF products IS NULL THEN
        RAISE EXCEPTION 'the cart of customer % is empty', buyer USING ERRCODE = 'SH006';
    END IF;
    UPDATE cart SET closed_at = greatest(now(), opened_at) WHERE id = emptied;
    RETURN record_purchase(buyer, deliver_to, products, providers, quantities, typed_coupon);
END;
$$;
COMMENT ON FUNCTION check_out(bigint, smallint, text) IS 'Makes a purchase of the open cart of a customer, and closes the cart.';

CREATE FUNCTION lock_purchase(wanted bigint, VARIADIC allowed purchase_status[]) RETURNS purchase
LANGUAGE plpgsql
AS $$
DECLARE
    locked purchase;
BEGIN
    SELECT * INTO locked FROM purchase WHERE id = wanted FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no purchase %', wanted USING ERRCODE = 'SH003';
    END IF;
    IF locked.status <> ALL (allowed) THEN
        RAISE EXCEPTION 'purchase % is %', wanted, locked.status
            USING ERRCODE = 'SH003', HINT = 'It must be ' || array_to_string(allowed, ' or ') || '.';
    END IF;
    RETURN locked;
END;
$$;
COMMENT ON FUNCTION lock_purchase(bigint, purchase_status[]) IS
    'Locks a purchase until the end of the transaction, and refuses one whose status is none of these.';

CREATE FUNCTION pay_purchase(bought bigint, method text, bank_reference text) RETURNS smallint
LANGUAGE plpgsql
AS $$
DECLARE
    due money_amount;
    new_number smallint;
BEGIN
    PERFORM lock_purchase(bought, 'placed');
    SELECT balance.total - balance.paid INTO STRICT due FROM purchase_balance AS balance WHERE purchase_id = bought;
    -- A coupon can be worth all of it. Then there is nothing to pay, and still it is paid.
    IF due > 0 THEN
        SELECT coalesce(max(number), 0) + 1 INTO new_number FROM payment WHERE purchase_id = bought;
        INSERT INTO payment (purchase_id, number, method_code, amount, status, reference, captured_at)
        VALUES (bought, new_number, method, due, 'captured', bank_reference, now());
    END IF;
    UPDATE purchase SET status = 'paid' WHERE id = bought;
    RETURN new_number;
END;
$$;
COMMENT ON FUNCTION pay_purchase(bigint, text, text) IS
    'Notes that what is due for a purchase was paid. Returns the number of the payment, or none if nothing was due.';

CREATE FUNCTION release_reservations(released bigint) RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
    PERFORM
    FROM stock_goods
    JOIN reservation USING (product_id, provider_id, warehouse_id)
    WHERE reservation.purchase_id = released
    ORDER BY product_id, provider_id, warehouse_id
    FOR UPDATE OF stock_goods;

    WITH ended AS (
        DELETE FROM reservation WHERE purchase_id = released RETURNING *
    )
    UPDATE stock_goods
    SET reserved = stock_goods.reserved - ended.quantity
    FROM ended
    WHERE stock_goods.product_id = ended.product_id
        AND stock_goods.provider_id = ended.provider_id
        AND stock_goods.warehouse_id = ended.warehouse_id;
END;
$$;
COMMENT ON FUNCTION release_reservations(bigint) IS 'Ends the reservations of a purchase.';

CREATE FUNCTION refund_purchase(refunded bigint, at_most money_amount, because text, for_return smallint) RETURNS money_amount
LANGUAGE plpgsql
AS $$
DECLARE
    new_number smallint;
    left_over money_amount := at_most;
    given money_amount := 0;
    paid record;
BEGIN
    SELECT coalesce(max(number), 0) INTO new_number FROM refund WHERE purchase_id = refunded;
    -- Money goes back the way it came, and never more than came that way.
    FOR paid IN
        SELECT payment.number, payment.amount - coalesce((
            SELECT sum(refund.amount)
            FROM refund
            WHERE refund.purchase_id = payment.purchase_id AND refund.payment_number = payment.number
        ), 0) AS amount
        FROM payment
        JOIN payment_method ON payment_method.code = payment.method_code
        WHERE payment.purchase_id = refunded AND payment.status = 'captured' AND payment_method.is_refundable
        ORDER BY payment.number
    LOOP
        CONTINUE WHEN least(paid.amount, left_over) <= 0;
        new_number := new_number + 1;
        INSERT INTO refund (purchase_id, number, payment_number, amount, reason, return_number)
        VALUES (refunded, new_number, paid.number, least(paid.amount, left_over), because, for_return);
        given := given + least(paid.amount, left_over);
        left_over := left_over - least(paid.amount, left_over);
    END LOOP;
    RETURN given;
END;
$$;
COMMENT ON FUNCTION refund_purchase(bigint, money_amount, text, smallint) IS
    'Gives money back for a purchase, by the payments that allow it. Returns how much that was.';

CREATE FUNCTION cancel_purchase(cancelled bigint) RETURNS money_amount
LANGUAGE plpgsql
AS $$
DECLARE
    to_give_back money_amount;
BEGIN
    PERFORM lock_purchase(cancelled, 'placed', 'paid');
    PERFORM release_reservations(cancelled);
    SELECT paid - refunded INTO STRICT to_give_back FROM purchase_balance WHERE purchase_id = cancelled;
    UPDATE purchase SET status = 'cancelled' WHERE id = cancelled;
    RETURN refund_purchase(cancelled, to_give_back, 'cancelled', NULL);
END;
$$;
COMMENT ON FUNCTION cancel_purchase(bigint) IS
    'Cancels a purchase that was not sent: its stock is free again, and what was paid is given back. Returns how much that was.';

CREATE FUNCTION ship_purchase(shipped bigint, carrier text, tracking text) RETURNS integer
LANGUAGE plpgsql
AS $$
DECLARE
    parcels integer;
BEGIN
    PERFORM lock_purchase(shipped, 'paid');
    PERFORM
    FROM stock_goods
    JOIN reservation USING (product_id, provider_id, warehouse_id)
    WHERE reservation.purchase_id = shipped
    ORDER BY product_id, provider_id, warehouse_id
    FOR UPDATE OF stock_goods;

    -- A parcel from each warehouse. The first has the tracking number as it is, the others get theirs with a suffix.
    INSERT INTO shipment (purchase_id, number, warehouse_id, carrier_code, tracking_number)
    SELECT shipped, number, warehouse_id, carrier, tracking || CASE WHEN number > 1 THEN '-' || number ELSE '' END
    FROM (
        SELECT warehouse_id, row_number() OVER (ORDER BY warehouse_id) AS number
        FROM reservation
        WHERE purchase_id = shipped
        GROUP BY warehouse_id
    ) AS parcel;
    GET DIAGNOSTICS parcels = ROW_COUNT;

    INSERT INTO shipment_line (purchase_id, shipment_number, product_id, provider_id, quantity)
    SELECT shipped, shipment.number, reservation.product_id, reservation.provider_id, reservation.quantity
    FROM reservation
    JOIN shipment USING (purchase_id, warehouse_id)
    WHERE reservation.purchase_id = shipped;

    INSERT INTO stock_movement (product_id, provider_id, warehouse_id, kind, quantity)
    SELECT product_id, provider_id, warehouse_id, 'dispatch', -quantity
    FROM reservation
    WHERE purchase_id = shipped
    ORDER BY product_id, provider_id, warehouse_id;

    WITH ended AS (
        DELETE FROM reservation WHERE purchase_id = shipped RETURNING *
    )
    UPDATE stock_goods
    SET on_hand = stock_goods.on_hand - ended.quantity, reserved = stock_goods.reserved - ended.quantity
    FROM ended
    WHERE stock_goods.product_id = ended.product_id
        AND stock_goods.provider_id = ended.provider_id
        AND stock_goods.warehouse_id = ended.warehouse_id;

    UPDATE purchase SET status = 'shipped' WHERE id = shipped;
    RETURN parcels;
END;
$$;
COMMENT ON FUNCTION ship_purchase(bigint, text, text) IS
    'Sends what is reserved for a paid purchase, a parcel from each warehouse. Returns how many parcels.';

CREATE FUNCTION record_delivery(delivered bigint, parcel smallint) RETURNS purchase_status
LANGUAGE plpgsql
AS $$
DECLARE
    locked purchase;
BEGIN
    locked := lock_purchase(delivered, 'shipped');
    UPDATE shipment SET delivered_at = greatest(now(), shipped_at)
    WHERE purchase_id = delivered AND number = parcel AND delivered_at IS NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no parcel % of purchase % is on its way', parcel, delivered USING ERRCODE = 'SH006';
    END IF;
    IF EXISTS (SELECT FROM shipment WHERE purchase_id = delivered AND delivered_at IS NULL) THEN
        RETURN locked.status;
    END IF;
    UPDATE purchase SET status = 'delivered' WHERE id = delivered;
    RETURN 'delivered';
END;
$$;
COMMENT ON FUNCTION record_delivery(bigint, smallint) IS
    'Notes that a parcel arrived. With the last one the purchase is delivered. Returns the status of the purchase.';

CREATE FUNCTION return_goods(
    bought bigint,
    sold bigint,
    seller bigint,
    pieces integer,
    why return_reason,
    like_what goods_condition
) RETURNS smallint
LANGUAGE plpgsql
AS $$
DECLARE
    new_number smallint;
    back_to bigint;
    sent bigint;
    came_back bigint;
    worth money_amount;
BEGIN
    PERFORM lock_purchase(bought, 'delivered');
    IF pieces IS NULL OR pieces < 1 THEN
        RAISE EXCEPTION 'at least one piece comes back' USING ERRCODE = 'SH006';
    END IF;
    SELECT sum(line.quantity), min(shipment.warehouse_id) INTO sent, back_to
    FROM shipment_line AS line
    JOIN shipment ON shipment.purchase_id = line.purchase_id AND shipment.number = line.shipment_number
    WHERE line.purchase_id = bought AND line.product_id = sold AND line.provider_id = seller;
    SELECT coalesce(sum(quantity), 0) INTO came_back
    FROM goods_return_line
    WHERE purchase_id = bought AND product_id = sold AND provider_id = seller;
    IF sent IS NULL OR came_back + pieces > sent THEN
        RAISE EXCEPTION 'of purchase % only % pieces of product % can come back', bought, coalesce(sent, 0) - came_back, sold
            USING ERRCODE = 'SH005';
    END IF;

    SELECT coalesce(max(number), 0) + 1 INTO new_number FROM goods_return WHERE purchase_id = bought;
    INSERT INTO goods_return (purchase_id, number, warehouse_id, reason) VALUES (bought, new_number, back_to, why);
    INSERT INTO goods_return_line (purchase_id, return_number, product_id, provider_id, condition, quantity)
    VALUES (bought, new_number, sold, seller, like_what, pieces);

    IF like_what = 'as_new' THEN
        UPDATE stock_goods SET on_hand = on_hand + pieces
        WHERE product_id = sold AND provider_id = seller AND warehouse_id = back_to;
        INSERT INTO stock_movement (product_id, provider_id, warehouse_id, kind, quantity)
        VALUES (sold, seller, back_to, 'return', pieces);
    END IF;

    -- What was paid for these pieces: the coupon made the lines cheaper alike.
    SELECT round(line.amount * pieces / line.quantity * balance.total / nullif(sums.amount, 0), currency.minor_digits)
    INTO worth
    FROM purchase_line AS line
    JOIN purchase_balance AS balance USING (purchase_id)
    JOIN currency ON currency.code = balance.currency_code
    CROSS JOIN (SELECT sum(amount) AS amount FROM purchase_line WHERE purchase_id = bought) AS sums
    WHERE line.purchase_id = bought AND line.product_id = sold AND line.provider_id = seller;
    IF worth > 0 THEN
        PERFORM refund_purchase(bought, worth, 'returned', new_number);
    END IF;

    IF NOT EXISTS (
        SELECT
        FROM purchase_line AS line
        WHERE line.purchase_id = bought
            AND line.quantity > (
                SELECT coalesce(sum(back.quantity), 0)
                FROM goods_return_line AS back
                WHERE back.purchase_id = bought
                    AND back.product_id = line.product_id
                    AND back.provider_id = line.provider_id
            )
    ) THEN
        UPDATE purchase SET status = 'returned' WHERE id = bought;
    END IF;
    RETURN new_number;
END;
$$;
COMMENT ON FUNCTION return_goods(bigint, bigint, bigint, integer, return_reason, goods_condition) IS
    'Takes goods back, gives the money back, and puts what is as new into stock again. Returns the number of the return.';

CREATE FUNCTION change_price(sold bigint, seller bigint, new_currency currency_code, new_amount money_amount) RETURNS bigint
LANGUAGE plpgsql
AS $$
DECLARE
    moment timestamptz;
    changed bigint;
BEGIN
    -- Who changes the same price waits here. The time is taken afterwards, so that it is later than theirs.
    PERFORM FROM product WHERE id = sold FOR NO KEY UPDATE;
    moment := clock_timestamp();
    UPDATE price SET valid = tstzrange(lower(valid), moment)
    WHERE product_id = sold AND provider_id = seller AND valid @> moment;
    -- A price that is planned for later stays, and ends the new one.
    INSERT INTO price (product_id, provider_id, currency_code, valid, amount)
    SELECT sold, seller, new_currency, tstzrange(moment, min(lower(valid))), new_amount
    FROM price
    WHERE product_id = sold AND provider_id = seller AND lower(valid) > moment
    RETURNING id INTO changed;
    RETURN changed;
END;
$$;
COMMENT ON FUNCTION change_price(bigint, bigint, currency_code, money_amount) IS
    'Ends the price of a product at a provider, and begins another one. Returns the id of the new price.';

-- name: register_customer
-- answers: Opens an account with a first address, and returns its id.
-- kind: write
-- weight: 1
-- param: email text like ????????????@example.com
-- param: given_name text from customer.given_name
-- param: family_name text from customer.family_name
-- param: language text from language.code
-- param: street text from address.street
-- param: postal_code text from address.postal_code
-- param: city text from address.city
-- param: country text from address.country_code
-- refuses: 23505
WITH registered AS (
    INSERT INTO customer (email, given_name, family_name, language_code)
    VALUES (:'email', :'given_name', :'family_name', :'language')
    RETURNING id, concat_ws(' ', given_name, nullif(family_name, '')) AS recipient
), housed AS (
    INSERT INTO address (customer_id, number, label, recipient, street, postal_code, city, country_code, is_default)
    SELECT id, 1, 'home', recipient, :'street', :'postal_code', :'city', :'country', true FROM registered
)
SELECT id FROM registered;

-- name: list_contacts
-- answers: Whom to talk to about a matter, at producers and providers.
-- kind: read
-- weight: 1
-- param: role text one of sales, support, accounts, management
SELECT
    CASE WHEN contact.provider_id IS NULL THEN 'producer' ELSE 'provider' END AS works_for,
    coalesce(provider.name, producer.name) AS company,
    contact.name,
    contact.email,
    contact.phone
FROM contact
LEFT JOIN provider ON provider.id = contact.provider_id
LEFT JOIN producer ON producer.id = contact.producer_id
WHERE contact.role = :'role'::text::contact_role
ORDER BY works_for, company, contact.name, contact.id;

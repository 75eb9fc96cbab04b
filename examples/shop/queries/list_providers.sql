-- name: list_providers
-- answers: Which providers sell in the shop now, from where, how many products they offer, and how many contacts they have.
-- kind: read
-- weight: 1
SELECT
    provider.id,
    provider.name,
    country.name AS country,
    provider.joined_on,
    (SELECT count(*) FROM offer WHERE offer.provider_id = provider.id) AS offers,
    (SELECT count(*) FROM contact WHERE contact.provider_id = provider.id) AS contacts
FROM provider
JOIN country ON country.code = provider.country_code
WHERE provider.left_on IS NULL OR provider.left_on >= current_date
ORDER BY provider.name;

-- name: list_providers
-- answers: Which providers sell in the shop now, from where, how many products they offer, and how many contacts they have.
-- kind: read
-- weight: 1
SELECT
    provider.id,
    provider.name,
    country.name AS country,
    provider.joined_on,
    coalesce(offered.offers, 0) AS offers,
    (SELECT count(*) FROM contact WHERE contact.provider_id = provider.id) AS contacts
FROM provider
JOIN country ON country.code = provider.country_code
LEFT JOIN (
    SELECT offer.provider_id, count(*) AS offers FROM offer GROUP BY offer.provider_id
) AS offered ON offered.provider_id = provider.id
WHERE provider.left_on IS NULL OR provider.left_on >= current_date
ORDER BY provider.name;

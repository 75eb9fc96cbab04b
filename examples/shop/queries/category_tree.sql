-- name: category_tree
-- answers: The categories as a tree, and how many products each holds with all below it.
-- kind: read
-- weight: 4
WITH RECURSIVE below AS (
    SELECT id AS root_id, id FROM category
    UNION ALL
    SELECT below.root_id, category.id
    FROM below
    JOIN category ON category.parent_id = below.id
), path AS (
    SELECT id, slug, 0 AS depth, name AS path FROM category WHERE parent_id IS NULL
    UNION ALL
    SELECT category.id, category.slug, path.depth + 1, path.path || ' > ' || category.name
    FROM path
    JOIN category ON category.parent_id = path.id
)
SELECT path.id, path.path, path.slug, count(product.id) AS products
FROM path
JOIN below ON below.root_id = path.id
LEFT JOIN product ON product.category_id = below.id
    AND (product.discontinued_on IS NULL OR product.discontinued_on > current_date)
GROUP BY path.id, path.path, path.slug
ORDER BY path.path;

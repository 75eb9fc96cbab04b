CREATE OR REPLACE VIEW open_invoices AS
SELECT i.id, i.amount - coalesce(sum(p.amount), 0) AS open
FROM invoices i LEFT JOIN payments p ON p.invoice_id = i.id
GROUP BY i.id;

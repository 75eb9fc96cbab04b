-- A purchase that came back as a whole.
ALTER TYPE purchase_status ADD VALUE 'returned' AFTER 'delivered';

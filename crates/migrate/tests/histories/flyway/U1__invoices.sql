DROP TABLE invoices;
DROP TABLE currencies;

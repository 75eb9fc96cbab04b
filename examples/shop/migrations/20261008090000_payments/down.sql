DROP TABLE refund;
DROP TABLE payment;
DROP TABLE payment_method;
DROP TYPE payment_status;

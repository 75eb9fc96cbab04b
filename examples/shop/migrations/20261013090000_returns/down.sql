ALTER TABLE refund DROP COLUMN return_number;
DROP TABLE goods_return_line;
DROP TABLE goods_return;
DROP TYPE goods_condition;
DROP TYPE return_reason;

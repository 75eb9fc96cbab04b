DROP TABLE stock_movement;
DROP TABLE stock_goods;
DROP TABLE warehouse;
DROP TYPE stock_movement_kind;

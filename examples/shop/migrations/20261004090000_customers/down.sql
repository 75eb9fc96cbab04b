DROP TABLE wish_list_item;
DROP TABLE wish_list;
DROP TABLE address;
DROP TABLE customer;

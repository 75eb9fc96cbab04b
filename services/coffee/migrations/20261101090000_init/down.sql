DROP TABLE users;
DROP TABLE coffee;

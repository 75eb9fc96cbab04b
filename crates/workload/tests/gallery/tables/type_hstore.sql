-- Keys and values of the extension hstore.
-- needs: hstore
create table properties (id integer primary key, attributes hstore not null);

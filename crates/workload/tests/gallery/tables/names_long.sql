-- Names of sixty-three bytes.
create table a_table_whose_name_is_exactly_as_long_as_postgresql_allows_it_t (
    a_column_whose_name_is_exactly_as_long_as_postgresql_allows_it_c integer primary key,
    b_column_whose_name_is_exactly_as_long_as_postgresql_allows_it_c text not null unique
);
create table b_table_whose_name_is_exactly_as_long_as_postgresql_allows_it_t (
    id integer primary key,
    c_column_whose_name_is_exactly_as_long_as_postgresql_allows_it_c integer not null,
    constraint a_constraint_with_a_name_that_is_as_long_as_it_can_be_in_postgr foreign key (c_column_whose_name_is_exactly_as_long_as_postgresql_allows_it_c)
        references a_table_whose_name_is_exactly_as_long_as_postgresql_allows_it_t
);

-- Types of extensions whose values only their input functions know.
-- needs: cube isn seg
-- expect: public.exotic: any
create table exotic (
    id integer primary key,
    box cube,
    book isbn,
    part seg
);

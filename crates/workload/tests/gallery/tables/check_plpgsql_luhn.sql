-- A function in a CHECK: the last digit of a card's number follows from the others (1 of 10).
create function luhn(number text) returns boolean language plpgsql immutable as $$
declare
    sum integer := 0;
    digit integer;
begin
    if number !~ '^[0-9]{12}$' then
        return false;
    end if;
    for place in 1..12 loop
        digit := substr(number, place, 1)::integer;
        if place % 2 = 1 then
            digit := digit * 2;
            if digit > 9 then digit := digit - 9; end if;
        end if;
        sum := sum + digit;
    end loop;
    return sum % 10 = 0;
end $$;
create table card (
    id integer primary key,
    number text not null check (number ~ '^[0-9]{12}$' and luhn(number))
);

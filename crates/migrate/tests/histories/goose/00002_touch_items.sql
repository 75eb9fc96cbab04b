-- +goose Up
-- +goose StatementBegin
CREATE FUNCTION touch_item() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.changed_at := now();
    RETURN NEW;
END
$$
-- +goose StatementEnd

CREATE TRIGGER items_touch BEFORE UPDATE ON items
    FOR EACH ROW EXECUTE FUNCTION touch_item();

-- +goose Down
DROP TRIGGER items_touch ON items;
DROP FUNCTION touch_item();

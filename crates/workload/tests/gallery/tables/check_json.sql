-- JSON of a type and with keys.
create table webhook (
    id integer primary key,
    payload jsonb not null check (jsonb_typeof(payload) = 'object' and payload ? 'id'),
    headers jsonb not null default '{}' check (jsonb_typeof(headers) = 'object'),
    items json not null check (json_typeof(items) = 'array'),
    options jsonb not null check (payload is not null and options ?& array['a', 'b']),
    level jsonb check (jsonb_typeof(level) = 'number')
);
comment on column webhook.payload is 'For example {"id": 17, "event": "created", "tags": ["a"]}';

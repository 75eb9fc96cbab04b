-- What the page of a product shows, and how one gets there.
CREATE TABLE product_translation (
    product_id bigint NOT NULL REFERENCES product ON DELETE CASCADE,
    language_code language_code NOT NULL REFERENCES language CHECK (language_code <> 'en'),
    name text NOT NULL CHECK (name <> ''),
    description text NOT NULL DEFAULT '',
    PRIMARY KEY (product_id, language_code)
);
COMMENT ON TABLE product_translation IS 'What products are called in other languages. English is in the product itself.';
COMMENT ON COLUMN product_translation.product_id IS 'The product.';
COMMENT ON COLUMN product_translation.language_code IS 'The language. Not English.';
COMMENT ON COLUMN product_translation.name IS 'Its name in that language.';
COMMENT ON COLUMN product_translation.description IS 'What there is to say about it in that language.';

CREATE TABLE product_image (
    product_id bigint NOT NULL REFERENCES product ON DELETE CASCADE,
    url text NOT NULL CHECK (url ~ '^https://'),
    position smallint NOT NULL CHECK (position > 0),
    alternative text NOT NULL CHECK (alternative <> ''),
    PRIMARY KEY (product_id, url),
    -- So that two images can change places in one statement.
    CONSTRAINT product_image_one_at_a_position UNIQUE (product_id, position) DEFERRABLE INITIALLY IMMEDIATE
);
COMMENT ON TABLE product_image IS 'Pictures of products.';
COMMENT ON COLUMN product_image.product_id IS 'The product.';
COMMENT ON COLUMN product_image.url IS 'Where the picture is.';
COMMENT ON COLUMN product_image.position IS 'The order in which they are shown, from 1.';
COMMENT ON COLUMN product_image.alternative IS 'What it shows, in words, for those who cannot see it.';

CREATE TABLE attribute (
    code text PRIMARY KEY CHECK (code ~ '^[a-z_]+$'),
    name text NOT NULL UNIQUE,
    unit text CHECK (unit <> '')
);
COMMENT ON TABLE attribute IS 'Properties by which products are compared.';
COMMENT ON COLUMN attribute.code IS 'Identifies the property.';
COMMENT ON COLUMN attribute.name IS 'What visitors read.';
COMMENT ON COLUMN attribute.unit IS 'The unit of its values; none for those that are words.';

INSERT INTO attribute (code, name, unit) VALUES
    ('capacity', 'Capacity', 'l'),
    ('colour', 'Colour', NULL),
    ('depth', 'Depth', 'mm'),
    ('height', 'Height', 'mm'),
    ('material', 'Material', NULL),
    ('power', 'Power', 'W'),
    ('warranty', 'Warranty', 'months'),
    ('width', 'Width', 'mm');

CREATE TABLE product_attribute (
    product_id bigint NOT NULL REFERENCES product ON DELETE CASCADE,
    attribute_code text NOT NULL REFERENCES attribute,
    value text NOT NULL CHECK (value <> ''),
    PRIMARY KEY (product_id, attribute_code)
);
CREATE INDEX product_attribute_value ON product_attribute (attribute_code, value);
COMMENT ON TABLE product_attribute IS 'The properties of products.';
COMMENT ON COLUMN product_attribute.product_id IS 'The product.';
COMMENT ON COLUMN product_attribute.attribute_code IS 'The property.';
COMMENT ON COLUMN product_attribute.value IS 'Its value, in the unit of the property.';

-- A hit in the name is worth more than one in the description.
ALTER TABLE product ADD COLUMN search tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('pg_catalog.english', name), 'A')
    || setweight(to_tsvector('pg_catalog.english', description), 'B')
) STORED;
CREATE INDEX product_search ON product USING gin (search);
COMMENT ON COLUMN product.search IS 'The words of name and description, for the search. Computed of these.';

-- In which part of its folder a file lies: its path without the name. Paths are bytes; as Latin-1 each is a letter.

CREATE FUNCTION part_of(path bytea) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN convert_to(regexp_replace(convert_from(path, 'LATIN1'), '/?[^/]*$', ''), 'LATIN1');
ALTER TABLE locations ADD COLUMN part bytea GENERATED ALWAYS AS (part_of(path)) STORED;
CREATE INDEX locations_part ON locations (folder_id, part, path) WHERE folder_id IS NOT NULL;

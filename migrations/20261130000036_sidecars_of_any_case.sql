-- Sidecars are found whatever the case of their names: cameras and programs do not agree on it (IMG_1.JPG, img_1.xmp).
CREATE FUNCTION caseless(path bytea) RETURNS bytea
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN decode(lower(encode(path, 'escape') COLLATE "C"), 'escape');
COMMENT ON FUNCTION caseless IS 'a path with its ASCII letters in lower case, whatever its other bytes are';
CREATE INDEX locations_caseless ON locations (folder_id, caseless(path)) WHERE folder_id IS NOT NULL;
CREATE INDEX sidecars_caseless ON sidecars (folder_id, caseless(path));

-- What people wrote about pictures, and what a picture has in common with others.

ALTER TABLE assets
    ADD COLUMN title        text,
    ADD COLUMN keywords     text[] NOT NULL DEFAULT '{}', -- whole paths, parts apart by |
    ADD COLUMN creator      text,
    ADD COLUMN copyright    text,
    ADD COLUMN direction    double precision,             -- degrees clockwise from north
    ADD COLUMN serial       text,                         -- of the camera
    ADD COLUMN face_regions jsonb,                        -- faces that somebody marked, as the file has them
    ADD COLUMN content_id   text,                         -- the same in a picture and the film taken with it
    ADD COLUMN burst_id     text,
    ADD COLUMN projection   text,
    ADD COLUMN film_bytes   bigint;                       -- how many of the file's last bytes are a film

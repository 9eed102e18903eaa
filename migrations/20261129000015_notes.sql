-- What was odd about a file but did not stop it, a sentence each; each stage replaces its own.

ALTER TABLE assets
    ADD COLUMN metadata_notes  text[] NOT NULL DEFAULT '{}',
    ADD COLUMN rendition_notes text[] NOT NULL DEFAULT '{}';

-- Files beside originals that say something about them (XMP). What they said at the last scan is kept, so that it can be
-- read again while the folder is away.

CREATE TABLE sidecars (
    folder_id bigint NOT NULL REFERENCES folders ON DELETE CASCADE,
    path      bytea NOT NULL, -- below the folder
    size      bigint NOT NULL,
    mtime_ns  bigint NOT NULL,
    content   bytea NOT NULL,
    PRIMARY KEY (folder_id, path)
);

-- Assets, the contents they have had, where those lie, and what is still to be done.

CREATE TABLE assets (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    library_id     bigint NOT NULL REFERENCES libraries,
    added_by       bigint REFERENCES users ON DELETE SET NULL,
    added_at       timestamptz NOT NULL DEFAULT now(),
    name           text NOT NULL,             -- file name as it came, lossy where it is not text
    type           text NOT NULL DEFAULT 'other' CHECK (type IN ('image', 'video', 'other')),
    format         text NOT NULL DEFAULT 'unknown',
    size           bigint NOT NULL,           -- bytes of the current version
    state          text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'trashed')),
    readable       text NOT NULL DEFAULT 'pending' CHECK (readable IN ('pending', 'ready', 'unreadable')),
    problem        text,                      -- why it can't be shown, in words
    offline        boolean NOT NULL DEFAULT false,
    -- when: null until the metadata stage has run; only then is it in the timeline
    taken_at       timestamptz,
    local_at       timestamp,                 -- wall clock where it was taken
    day            date GENERATED ALWAYS AS (local_at::date) STORED,
    offset_minutes smallint,
    time_zone      text,
    taken_source   text,
    taken_guessed  boolean NOT NULL DEFAULT false,
    -- how it looks
    width          integer,
    height         integer,
    ratio          smallint NOT NULL DEFAULT 0, -- domain::ratio, 0 = not known
    duration_ms    bigint,
    tag            integer NOT NULL DEFAULT 0,  -- content tag of the renditions, 0 = none yet
    thumbhash      bytea,
    -- where
    latitude       double precision,
    longitude      double precision,
    altitude       double precision,
    cell           bigint,                    -- H3 at domain::cells::FINEST
    city           text,
    region         text,
    country        text,
    country_code   text,
    -- with what
    make           text,
    model          text,
    lens           text,
    f_number       double precision,
    exposure_s     double precision,
    iso            integer,
    focal_mm       double precision,
    focal_35mm     double precision,
    flash          boolean,
    caption        text,
    rating         smallint
);
-- The timeline's order; the columns beside it let layout be read from the index alone.
CREATE INDEX assets_timeline ON assets (library_id, local_at DESC, id DESC) INCLUDE (ratio)
    WHERE state = 'active' AND local_at IS NOT NULL;
CREATE INDEX assets_cell ON assets (library_id, cell) WHERE state = 'active' AND cell IS NOT NULL;

CREATE TABLE versions (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    asset_id   bigint NOT NULL REFERENCES assets ON DELETE CASCADE,
    library_id bigint NOT NULL REFERENCES libraries,
    blake3     bytea NOT NULL CHECK (length(blake3) = 32),
    sha1       bytea NOT NULL CHECK (length(sha1) = 20),
    size       bigint NOT NULL,
    current    boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now()
);
-- Equal content in one library is one asset (law 4); old hashes are kept.
CREATE UNIQUE INDEX versions_content ON versions (library_id, blake3);
CREATE UNIQUE INDEX versions_current ON versions (asset_id) WHERE current;
CREATE INDEX versions_sha1 ON versions (library_id, sha1);

CREATE TABLE locations (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version_id    bigint NOT NULL REFERENCES versions ON DELETE CASCADE,
    folder_id     bigint REFERENCES folders ON DELETE CASCADE, -- null: stored under the content hash
    path          bytea CHECK ((folder_id IS NULL) = (path IS NULL)), -- below the folder
    size          bigint NOT NULL,
    mtime_ns      bigint NOT NULL,
    missing_since timestamptz
);
CREATE UNIQUE INDEX locations_path ON locations (folder_id, path) WHERE folder_id IS NOT NULL;
CREATE UNIQUE INDEX locations_stored ON locations (version_id) WHERE folder_id IS NULL;
CREATE INDEX locations_version ON locations (version_id);

-- What has been done with an asset and what is pending: the truth of the pipeline.
CREATE TABLE stages (
    asset_id    bigint NOT NULL REFERENCES assets ON DELETE CASCADE,
    stage       text NOT NULL,
    version     integer NOT NULL,
    state       text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'done', 'skipped', 'buried')),
    priority    smallint NOT NULL DEFAULT 0, -- 0 fresh, 1 bulk
    attempts    smallint NOT NULL DEFAULT 0,
    error       text,
    not_before  timestamptz NOT NULL DEFAULT now(),
    lease_until timestamptz,
    lease_by    text,
    updated_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (asset_id, stage)
) WITH (fillfactor = 70);
CREATE INDEX stages_pending ON stages (not_before, asset_id) WHERE state = 'pending';
CREATE INDEX stages_buried ON stages (updated_at DESC, asset_id) WHERE state = 'buried';

-- Files on their way in (tus). The offset is the length of the partial file, never a column.
CREATE TABLE uploads (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id     bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    library_id  bigint NOT NULL REFERENCES libraries ON DELETE CASCADE,
    length      bigint NOT NULL,
    name        text NOT NULL,
    modified_at timestamptz,
    metadata    text NOT NULL DEFAULT '', -- Upload-Metadata as sent, given back by HEAD
    asset_id    bigint REFERENCES assets ON DELETE SET NULL,
    duplicate   boolean NOT NULL DEFAULT false,
    created_at  timestamptz NOT NULL DEFAULT now(),
    expires_at  timestamptz NOT NULL
);
CREATE INDEX uploads_expiry ON uploads (expires_at);

-- Files in a folder that are no assets although they look like it, with the reason; re-read when they change.
CREATE TABLE refusals (
    folder_id bigint NOT NULL REFERENCES folders ON DELETE CASCADE,
    path      bytea NOT NULL, -- below the folder
    size      bigint NOT NULL,
    mtime_ns  bigint NOT NULL,
    reason    text NOT NULL,
    at        timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (folder_id, path)
);

-- Where assets stand: in the timeline, the archive, the trash or somebody's locked folder; what did that, so that it can be
-- undone; and whose favourites they are.

ALTER TABLE assets
    ADD COLUMN archived   boolean NOT NULL DEFAULT false,
    ADD COLUMN trashed_at timestamptz,
    ADD COLUMN locked_at  timestamptz,
    ADD COLUMN locked_by  bigint REFERENCES users ON DELETE SET NULL, -- nobody's: nobody sees it
    ADD COLUMN together   boolean NOT NULL DEFAULT false,             -- others of its stack are shown with it
    DROP CONSTRAINT assets_state_check,
    ADD CONSTRAINT assets_state_check CHECK (state IN ('active', 'stacked', 'archived', 'trashed', 'locked'));
UPDATE assets SET trashed_at = now() WHERE state = 'trashed';
UPDATE assets SET together = true WHERE stack_id IS NOT NULL AND state <> 'trashed';
COMMENT ON COLUMN assets.state IS
    'what is shown where: follows from archived, trashed_at, locked_at and the other members of its stack';
CREATE INDEX assets_trash ON assets (trashed_at DESC, id DESC) WHERE trashed_at IS NOT NULL;
CREATE INDEX assets_locked ON assets (locked_by, locked_at DESC, id DESC) WHERE locked_at IS NOT NULL;

-- What is in the trash or locked keeps its stack, to come back to it, but is not shown with the others.
DROP INDEX assets_timeline;
ALTER TABLE assets DROP COLUMN flags;
ALTER TABLE assets ADD COLUMN flags integer NOT NULL GENERATED ALWAYS AS (
    CASE WHEN type = 'video' THEN 1 ELSE 0 END
    | CASE WHEN readable = 'unreadable' THEN 2 ELSE 0 END
    | CASE WHEN readable = 'pending' THEN 4 ELSE 0 END
    | CASE WHEN offline THEN 8 ELSE 0 END
    | CASE WHEN type = 'image' AND coalesce(duration_ms, 0) > 0 THEN 16 ELSE 0 END
    | CASE WHEN together THEN 32 ELSE 0 END
    | CASE WHEN type = 'image' AND (live OR coalesce(film_bytes, 0) > 0) THEN 64 ELSE 0 END) STORED;
CREATE INDEX assets_timeline ON assets (library_id, local_at DESC, id DESC) INCLUDE (ratio, tag, flags, thumbhash)
    WHERE state = 'active' AND local_at IS NOT NULL;

-- Nobody else is told of them.
CREATE TABLE favourites (
    user_id  bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    asset_id bigint NOT NULL REFERENCES assets ON DELETE CASCADE,
    at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (user_id, asset_id)
);
CREATE INDEX favourites_asset ON favourites (asset_id);

-- What somebody did to assets at once, and how each stood before and after (domain::deed).
CREATE TABLE acts (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id   bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    deed      text NOT NULL,
    made_at   timestamptz NOT NULL DEFAULT now(),
    undone_at timestamptz
);
CREATE INDEX acts_made ON acts (made_at);

CREATE TABLE act_steps (
    act_id   bigint NOT NULL REFERENCES acts ON DELETE CASCADE,
    asset_id bigint NOT NULL REFERENCES assets ON DELETE CASCADE,
    before   jsonb NOT NULL,
    after    jsonb NOT NULL,
    PRIMARY KEY (act_id, asset_id)
);
CREATE INDEX act_steps_asset ON act_steps (asset_id);

-- Contents that lay in folders and were deleted for good: files with them are never made assets again by a scan.
CREATE TABLE deleted_contents (
    library_id bigint NOT NULL REFERENCES libraries ON DELETE CASCADE,
    blake3     bytea NOT NULL CHECK (length(blake3) = 32),
    at         timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (library_id, blake3)
);

-- What assets that were deleted for good, by themselves or with their library, have left on disk: renditions by the asset's
-- number, an original by its hash.
CREATE TABLE remains (
    asset_id bigint NOT NULL, -- 0: none, only an original
    blake3   bytea NOT NULL CHECK (length(blake3) = 32),
    tries    integer NOT NULL DEFAULT 0,
    due_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (asset_id, blake3)
);
CREATE INDEX remains_due ON remains (due_at);
CREATE INDEX remains_content ON remains (blake3);

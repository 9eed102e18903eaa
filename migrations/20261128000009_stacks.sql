-- Stacks: assets that are shown as one. One member of each is active, the others are stacked beneath it.

CREATE TABLE stacks (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    library_id bigint NOT NULL REFERENCES libraries,
    by_hand    boolean NOT NULL DEFAULT false, -- a person has chosen what is in it or on top of it
    created_at timestamptz NOT NULL DEFAULT now()
);

ALTER TABLE assets
    ADD COLUMN stack_id bigint REFERENCES stacks,
    ADD COLUMN apart    boolean NOT NULL DEFAULT false, -- taken out of its stack by a person: never put back by itself
    ADD COLUMN live     boolean NOT NULL DEFAULT false, -- a picture, with a film of the moment in its stack
    DROP CONSTRAINT assets_state_check,
    ADD CONSTRAINT assets_state_check CHECK (state IN ('active', 'stacked', 'trashed')),
    DROP COLUMN content_id,
    DROP COLUMN burst_id;
CREATE INDEX assets_stack ON assets (stack_id) WHERE stack_id IS NOT NULL;

-- What a tile shows of its asset, as bits (Stretch.flags in schema.graphql).
ALTER TABLE assets ADD COLUMN flags integer NOT NULL GENERATED ALWAYS AS (
    CASE WHEN type = 'video' THEN 1 ELSE 0 END
    | CASE WHEN readable = 'unreadable' THEN 2 ELSE 0 END
    | CASE WHEN readable = 'pending' THEN 4 ELSE 0 END
    | CASE WHEN offline THEN 8 ELSE 0 END
    | CASE WHEN type = 'image' AND coalesce(duration_ms, 0) > 0 THEN 16 ELSE 0 END
    | CASE WHEN stack_id IS NOT NULL THEN 32 ELSE 0 END
    | CASE WHEN type = 'image' AND (live OR coalesce(film_bytes, 0) > 0) THEN 64 ELSE 0 END) STORED;

-- What assets have in common (domain::stack): who shares a tie may belong to one stack. Kept as hashtextextended(…, 0).
CREATE TABLE ties (
    tie      bigint NOT NULL,
    asset_id bigint NOT NULL REFERENCES assets ON DELETE CASCADE,
    PRIMARY KEY (tie, asset_id)
);
CREATE INDEX ties_asset ON ties (asset_id);

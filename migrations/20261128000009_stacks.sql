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
    DROP CONSTRAINT assets_state_check,
    ADD CONSTRAINT assets_state_check CHECK (state IN ('active', 'stacked', 'trashed')),
    DROP COLUMN content_id,
    DROP COLUMN burst_id;
CREATE INDEX assets_stack ON assets (stack_id) WHERE stack_id IS NOT NULL;

-- What assets have in common (domain::stack): who shares a tie may belong to one stack.
CREATE TABLE ties (
    asset_id   bigint NOT NULL REFERENCES assets ON DELETE CASCADE,
    library_id bigint NOT NULL REFERENCES libraries,
    tie        text NOT NULL,
    PRIMARY KEY (asset_id, tie)
);
CREATE INDEX ties_tie ON ties (library_id, tie);

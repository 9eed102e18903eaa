-- What people say of assets, over what the files say.

CREATE TABLE edits (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id   bigint REFERENCES users ON DELETE SET NULL,
    made_at   timestamptz NOT NULL DEFAULT now(),
    undone_at timestamptz
);

CREATE TABLE asset_edits (
    asset_id bigint PRIMARY KEY REFERENCES assets ON DELETE CASCADE,
    edit_id  bigint NOT NULL REFERENCES edits, -- the last one
    said     jsonb NOT NULL,                   -- domain::edit::Edit
    beneath  jsonb NOT NULL,                   -- domain::edit::Telling
    revision bigint NOT NULL DEFAULT 1         -- another after each change
);

-- What had been said before, so that an edit can be undone.
CREATE TABLE edit_steps (
    edit_id  bigint NOT NULL REFERENCES edits ON DELETE CASCADE,
    asset_id bigint NOT NULL REFERENCES assets ON DELETE CASCADE,
    before   jsonb NOT NULL,
    earlier  bigint, -- the edit before this one
    PRIMARY KEY (edit_id, asset_id)
);
CREATE INDEX edit_steps_asset ON edit_steps (asset_id);

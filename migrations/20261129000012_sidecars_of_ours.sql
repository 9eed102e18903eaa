-- Sidecars that people sent for an asset, and those that are written for the administrator.

CREATE TABLE given_sidecars (
    asset_id bigint PRIMARY KEY REFERENCES assets ON DELETE CASCADE,
    name     text NOT NULL,
    content  bytea NOT NULL,
    given_at timestamptz NOT NULL DEFAULT now()
);

-- What lies in the sidecar folder. A row outlives its asset: its file is still to be removed.
CREATE TABLE written_sidecars (
    asset_id bigint PRIMARY KEY,
    path     bytea NOT NULL UNIQUE -- below the folder
);

-- The one reader of the feed that writes them.
CREATE TABLE sidecar_folder (
    one     boolean PRIMARY KEY DEFAULT true CHECK (one),
    folder  bytea NOT NULL,
    epoch   integer NOT NULL,
    xid     bigint NOT NULL,
    seq     bigint NOT NULL,
    problem text -- why it is not level
);

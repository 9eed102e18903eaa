-- The change feed (design, section 4): one row per object, rewritten by each change in the same transaction.
-- Readers take rows below pg_snapshot_xmin only, so a late commit is never missed.

CREATE SEQUENCE feed_seq;

CREATE TABLE feed (
    one        boolean PRIMARY KEY DEFAULT true CHECK (one),
    epoch      integer NOT NULL,          -- raised by a restore
    pruned_xid xid8 NOT NULL DEFAULT '0'  -- positions below it have lost tombstones: RESET
);
INSERT INTO feed (epoch) VALUES (1);

CREATE TABLE changes (
    kind       text NOT NULL CHECK (kind IN ('asset', 'library', 'folder', 'user')),
    object_id  bigint NOT NULL,
    library_id bigint,                    -- who may hear of it: the members; null: see the kind
    gone       boolean NOT NULL DEFAULT false,
    xid        xid8 NOT NULL DEFAULT pg_current_xact_id(),
    seq        bigint NOT NULL DEFAULT nextval('feed_seq'),
    at         timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (kind, object_id)
) WITH (fillfactor = 80);
CREATE INDEX changes_position ON changes (xid, seq);
-- A library's newest change, for timeline versions.
CREATE INDEX changes_library ON changes (library_id, seq DESC);

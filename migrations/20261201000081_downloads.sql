-- What somebody is about to download as one archive. It is given to the session or key that asked for it: whoever else has
-- the ticket has nothing.

CREATE TABLE downloads (
    ticket_hash bytea PRIMARY KEY CHECK (length(ticket_hash) = 32), -- BLAKE3 of the opaque ticket
    user_id     bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    session_id  bigint REFERENCES sessions ON DELETE CASCADE,
    key_id      bigint REFERENCES api_keys ON DELETE CASCADE,
    name        text NOT NULL,
    assets      bigint[] NOT NULL, -- in the order in which they are sent
    sidecars    boolean NOT NULL,
    expires_at  timestamptz NOT NULL,
    CHECK (num_nonnulls(session_id, key_id) = 1)
);
CREATE INDEX downloads_user ON downloads (user_id, expires_at DESC);
CREATE INDEX downloads_expiry ON downloads (expires_at);

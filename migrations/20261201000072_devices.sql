-- Devices that back up, as they tell of themselves, and the key that receipts are signed with.

CREATE TABLE devices (
    id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id           bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    session_id        bigint UNIQUE REFERENCES sessions ON DELETE SET NULL, -- by which it signs in; null: it does not now
    key_id            bigint UNIQUE REFERENCES api_keys ON DELETE SET NULL,
    name              text NOT NULL,
    platform          text,
    created_at        timestamptz NOT NULL DEFAULT now(),
    last_seen_at      timestamptz NOT NULL DEFAULT now(),
    last_stored_at    timestamptz,
    reported_at       timestamptz,
    pending_count     integer NOT NULL DEFAULT 0 CHECK (pending_count >= 0),
    pending_bytes     bigint CHECK (pending_bytes >= 0),
    oldest_unsaved_at timestamptz -- since when the oldest file waits
);
CREATE INDEX devices_user ON devices (user_id);

CREATE TABLE receipt_keys (
    one        boolean PRIMARY KEY DEFAULT true CHECK (one),
    seed       bytea NOT NULL CHECK (length(seed) = 32), -- Ed25519
    created_at timestamptz NOT NULL DEFAULT now()
);

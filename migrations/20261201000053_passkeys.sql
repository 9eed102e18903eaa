-- Passkeys: a device or a password manager proves by its own lock who somebody is.

CREATE TABLE passkeys (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id       bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    credential_id bytea NOT NULL UNIQUE,
    credential    text NOT NULL, -- JSON of webauthn-rs: the public key, and what is counted
    name          text NOT NULL,
    created_at    timestamptz NOT NULL DEFAULT now(),
    last_used_at  timestamptz
);
CREATE INDEX passkeys_user ON passkeys (user_id);

-- What was asked of a browser and not been answered yet. It is answered once.
CREATE TABLE passkey_challenges (
    token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
    user_id    bigint REFERENCES users ON DELETE CASCADE, -- who adds one; null: somebody who signs in
    state      text NOT NULL, -- JSON of webauthn-rs
    expires_at timestamptz NOT NULL
);

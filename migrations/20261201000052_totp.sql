-- Codes of an authenticator app, asked for besides the password. The secret is needed to check them, so it can't be a
-- hash; a code is good once, and wrong ones make the next wait.

CREATE TABLE totp (
    user_id      bigint PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    secret       bytea NOT NULL CHECK (length(secret) = 20),
    confirmed_at timestamptz,                -- null: no code has been shown yet, and none is asked for
    last_step    bigint NOT NULL DEFAULT 0,  -- of the last code that was taken: none of it or before is again
    tries        integer NOT NULL DEFAULT 0, -- since the last right code
    tried_at     timestamptz NOT NULL DEFAULT now()
);

-- For who has lost the app: each is good once.
CREATE TABLE recovery_codes (
    user_id   bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    code_hash bytea NOT NULL CHECK (length(code_hash) = 32),
    PRIMARY KEY (user_id, code_hash)
);

-- Browsers that want to be told while the app is closed. It ends with the session.
CREATE TABLE push_subscriptions (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    session_id bigint NOT NULL REFERENCES sessions ON DELETE CASCADE,
    user_id    bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    endpoint   text NOT NULL UNIQUE,
    public_key bytea NOT NULL CHECK (length(public_key) = 65), -- of the browser, on P-256, uncompressed
    secret     bytea NOT NULL CHECK (length(secret) = 16),
    made_at    timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX push_subscriptions_user ON push_subscriptions (user_id);
CREATE INDEX push_subscriptions_session ON push_subscriptions (session_id);

-- The key by which this server is known to push services (RFC 8292). One row, made by the indexer.
CREATE TABLE push_key (
    one     boolean PRIMARY KEY DEFAULT true CHECK (one),
    private bytea NOT NULL, -- PKCS #8
    public  bytea NOT NULL CHECK (length(public) = 65)
);

-- What people look like to others: small pictures that they have cut out themselves, kept as they came.

CREATE TABLE user_pictures (
    user_id    bigint PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    content    bytea NOT NULL CHECK (length(content) <= 65536),
    media_type text NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

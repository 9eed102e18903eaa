-- People, their sessions, and the libraries they are members of.

CREATE TABLE users (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name          text NOT NULL,
    email         text NOT NULL,
    password_hash text NOT NULL, -- argon2id, PHC string
    role          text NOT NULL CHECK (role IN ('admin', 'user', 'guest')),
    created_at    timestamptz NOT NULL DEFAULT now(),
    disabled_at   timestamptz
);
CREATE UNIQUE INDEX users_email_key ON users (lower(email));

CREATE TABLE sessions (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id      bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    token_hash   bytea NOT NULL CHECK (length(token_hash) = 32), -- BLAKE3 of the opaque token
    client       text,
    created_at   timestamptz NOT NULL DEFAULT now(),
    last_seen_at timestamptz NOT NULL DEFAULT now(),
    expires_at   timestamptz NOT NULL
);
CREATE UNIQUE INDEX sessions_token_hash_key ON sessions (token_hash);
CREATE INDEX sessions_user ON sessions (user_id);

-- The one-time address at which the first account is made.
CREATE TABLE setup_tokens (
    token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE libraries (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name       text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE library_members (
    library_id bigint NOT NULL REFERENCES libraries ON DELETE CASCADE,
    user_id    bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    role       text NOT NULL CHECK (role IN ('owner', 'editor', 'viewer')),
    PRIMARY KEY (library_id, user_id)
);
CREATE INDEX library_members_user ON library_members (user_id);

-- Folders on the server that a library imports from. Paths are bytes.
CREATE TABLE folders (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    library_id   bigint NOT NULL REFERENCES libraries ON DELETE CASCADE,
    path         bytea NOT NULL UNIQUE,
    in_place     boolean NOT NULL DEFAULT true,
    state        text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'scanning', 'idle', 'offline')),
    message      text,
    found        integer NOT NULL DEFAULT 0,
    imported     integer NOT NULL DEFAULT 0,
    duplicates   integer NOT NULL DEFAULT 0,
    refused      integer NOT NULL DEFAULT 0,
    last_scan_at timestamptz,
    created_at   timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX folders_library ON folders (library_id);

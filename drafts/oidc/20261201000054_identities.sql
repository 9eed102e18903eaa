-- Accounts at other providers by which people sign in (OpenID Connect).

CREATE TABLE identities (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id      bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    issuer       text NOT NULL,
    subject      text NOT NULL,
    email        text, -- as the provider says, for people to tell them apart
    linked_at    timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz,
    CONSTRAINT identities_key UNIQUE (issuer, subject)
);
CREATE INDEX identities_user ON identities (user_id);

-- Who has been sent to a provider and has not come back yet. They come back once.
CREATE TABLE oidc_requests (
    state_hash bytea PRIMARY KEY CHECK (length(state_hash) = 32),
    user_id    bigint REFERENCES users ON DELETE CASCADE, -- who links an identity; null: somebody who signs in
    nonce      text NOT NULL,
    verifier   text NOT NULL, -- of PKCE
    expires_at timestamptz NOT NULL
);

-- A session that was opened by an identity ends with it, and when the provider says so.
ALTER TABLE sessions
    ADD COLUMN identity_id      bigint REFERENCES identities ON DELETE CASCADE,
    ADD COLUMN provider_session text;
CREATE INDEX sessions_identity ON sessions (identity_id) WHERE identity_id IS NOT NULL;

-- What providers have said about ended sessions: each is heard once.
CREATE TABLE logout_tokens (
    issuer     text NOT NULL,
    token_id   text NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (issuer, token_id)
);

-- Accounts as administrators look after them: invitations, quotas, delayed deletion, keys, and what happened.

ALTER TABLE users
    ADD COLUMN quota_bytes bigint CHECK (quota_bytes >= 0), -- of what lies in the libraries that they own; null: no limit
    ADD COLUMN delete_at   timestamptz;                     -- they are being deleted, and may be restored until then
CREATE INDEX users_delete_at ON users (delete_at) WHERE delete_at IS NOT NULL;

ALTER TABLE sessions ADD COLUMN address text; -- of the last visit

-- A link by which somebody makes an account of their own, once.
CREATE TABLE invitations (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    token_hash  bytea NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    email       text, -- null: the invited person says it
    role        text NOT NULL CHECK (role IN ('admin', 'user', 'guest')),
    quota_bytes bigint CHECK (quota_bytes >= 0),
    invited_by  bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    created_at  timestamptz NOT NULL DEFAULT now(),
    expires_at  timestamptz NOT NULL
);

-- A link by which somebody sets a new password, once; a person has one at most.
CREATE TABLE reset_tokens (
    user_id    bigint PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    token_hash bytea NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    expires_at timestamptz NOT NULL
);

-- What programs sign in with in somebody's name.
CREATE TABLE api_keys (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id      bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    token_hash   bytea NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    name         text NOT NULL,
    scopes       text[] NOT NULL CHECK (cardinality(scopes) > 0), -- permissions
    created_at   timestamptz NOT NULL DEFAULT now(),
    expires_at   timestamptz,
    last_used_at timestamptz,
    address      text -- of the last use
);
CREATE INDEX api_keys_user ON api_keys (user_id);

-- What happened to accounts. Names are kept as they were, for people go.
CREATE TABLE audit_entries (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at         timestamptz NOT NULL DEFAULT now(),
    action     text NOT NULL,
    user_id    bigint REFERENCES users ON DELETE SET NULL, -- whose account it is about
    user_name  text,
    actor_id   bigint REFERENCES users ON DELETE SET NULL, -- who did it; null: nobody who is signed in
    actor_name text,
    address    text,
    detail     text
);
CREATE INDEX audit_entries_user ON audit_entries (user_id, id DESC);
CREATE INDEX audit_entries_actor ON audit_entries (actor_id);
CREATE INDEX audit_entries_at ON audit_entries (at);

-- Bytes of originals that we store of each library; files in place are not ours. Kept in step by the triggers below,
-- whoever writes.
CREATE TABLE library_storage (
    library_id bigint PRIMARY KEY REFERENCES libraries ON DELETE CASCADE,
    bytes      bigint NOT NULL
);
INSERT INTO library_storage (library_id, bytes)
    SELECT v.library_id, sum(l.size) FROM locations l JOIN versions v ON v.id = l.version_id
    WHERE l.folder_id IS NULL GROUP BY 1;

CREATE FUNCTION storage_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO library_storage (library_id, bytes)
        SELECT v.library_id, sum(n.size) FROM added n JOIN versions v ON v.id = n.version_id
        WHERE n.folder_id IS NULL GROUP BY 1 ORDER BY 1
        ON CONFLICT (library_id) DO UPDATE SET bytes = library_storage.bytes + excluded.bytes;
    RETURN NULL;
END $$;
CREATE TRIGGER storage_grows AFTER INSERT ON locations
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION storage_grows();

-- Locations that go by themselves; those that go with their version find it gone.
CREATE FUNCTION storage_shrinks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE library_storage s SET bytes = s.bytes - gone.bytes
    FROM (SELECT v.library_id, sum(r.size) AS bytes FROM removed r JOIN versions v ON v.id = r.version_id
          WHERE r.folder_id IS NULL GROUP BY 1) gone
    WHERE s.library_id = gone.library_id;
    RETURN NULL;
END $$;
CREATE TRIGGER storage_shrinks AFTER DELETE ON locations
    REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION storage_shrinks();

CREATE FUNCTION storage_shrinks_with_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE library_storage SET bytes = bytes - stored.size
    FROM (SELECT size FROM locations WHERE version_id = OLD.id AND folder_id IS NULL) stored
    WHERE library_id = OLD.library_id;
    RETURN OLD;
END $$;
CREATE TRIGGER storage_shrinks BEFORE DELETE ON versions
    FOR EACH ROW EXECUTE FUNCTION storage_shrinks_with_version();

-- An upload reserves room until it has become something, or its time is over. (Its asset may be removed later.)
ALTER TABLE uploads ADD COLUMN settled_at timestamptz;
UPDATE uploads SET settled_at = now() WHERE asset_id IS NOT NULL;
CREATE INDEX uploads_reserved ON uploads (library_id) WHERE settled_at IS NULL;

-- Counts up whenever somebody loses a session, a key or a role, so that who follows something can be asked anew at
-- once. The row is locked as late as possible: when the transaction is committed.
CREATE TABLE revocations (count bigint NOT NULL);
INSERT INTO revocations VALUES (0);
CREATE FUNCTION count_revocation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE revocations SET count = count + 1;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER revoked AFTER DELETE ON sessions
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION count_revocation();
CREATE CONSTRAINT TRIGGER revoked AFTER DELETE ON api_keys
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION count_revocation();
CREATE CONSTRAINT TRIGGER revoked AFTER UPDATE OF role, disabled_at, delete_at ON users
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION count_revocation();

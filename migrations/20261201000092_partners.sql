-- Partners: one person lets another look at what is in all libraries that they own. One way, and without a row for each
-- library or asset: the view below says what follows from it.
CREATE TABLE partners (
    owner_id    bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    user_id     bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    in_timeline boolean NOT NULL DEFAULT true, -- of the one who looks: on their timeline and map
    added_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (owner_id, user_id),
    CHECK (owner_id <> user_id)
);
CREATE INDEX partners_user ON partners (user_id);

-- As what somebody is in a library: a member, or else the partner of an owner of it.
CREATE VIEW library_roles AS
    SELECT library_id, user_id, role, true AS in_timeline FROM library_members
    UNION ALL
    SELECT m.library_id, p.user_id, 'partner', p.in_timeline
    FROM partners p
    JOIN library_members m ON m.user_id = p.owner_id AND m.role = 'owner'
    WHERE NOT EXISTS (SELECT FROM library_members own
                      WHERE own.library_id = m.library_id AND own.user_id = p.user_id);

CREATE CONSTRAINT TRIGGER revoked AFTER DELETE ON partners
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION count_revocation();

-- Whoever looks gains and loses libraries as members do (ADR 23): those of the other one, and those that become theirs.
CREATE FUNCTION tell_of_library(library bigint, person bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO changes (kind, object_id, library_id, user_id, gone)
    SELECT 'membership', library, library, person,
           NOT EXISTS (SELECT FROM library_roles r WHERE r.library_id = library AND r.user_id = person)
    ON CONFLICT (kind, object_id, user_id) DO UPDATE
    SET gone = excluded.gone, xid = excluded.xid, seq = excluded.seq, at = excluded.at;
$$;

CREATE OR REPLACE FUNCTION tell_of_membership() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    library bigint := coalesce(NEW.library_id, OLD.library_id);
    person bigint := coalesce(NEW.user_id, OLD.user_id);
    owned boolean := coalesce(OLD.role = 'owner', false);
    owns boolean := coalesce(NEW.role = 'owner', false);
BEGIN
    IF TG_OP <> 'UPDATE' THEN
        PERFORM tell_of_library(library, person);
    ELSIF NEW.role <> OLD.role THEN
        INSERT INTO changes (kind, object_id, library_id, user_id)
        VALUES ('library', library, library, person)
        ON CONFLICT (kind, object_id, user_id) DO UPDATE
        SET gone = false, xid = excluded.xid, seq = excluded.seq, at = excluded.at;
    END IF;
    IF owned <> owns THEN
        PERFORM tell_of_library(library, p.user_id) FROM partners p
        WHERE p.owner_id = person
          AND NOT EXISTS (SELECT FROM library_members m WHERE m.library_id = library AND m.user_id = p.user_id);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION tell_of_partner() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    owner bigint := coalesce(NEW.owner_id, OLD.owner_id);
    looker bigint := coalesce(NEW.user_id, OLD.user_id);
BEGIN
    PERFORM tell_of_library(o.library_id, looker) FROM library_members o
    WHERE o.user_id = owner AND o.role = 'owner'
      AND NOT EXISTS (SELECT FROM library_members m WHERE m.library_id = o.library_id AND m.user_id = looker);
    RETURN NULL;
END $$;
CREATE TRIGGER partners_told AFTER INSERT OR DELETE ON partners
    FOR EACH ROW EXECUTE FUNCTION tell_of_partner();

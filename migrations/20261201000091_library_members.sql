-- Who is in a library changes while others look: whoever follows something is asked anew at once.
CREATE CONSTRAINT TRIGGER revoked AFTER DELETE OR UPDATE OF role ON library_members
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION count_revocation();

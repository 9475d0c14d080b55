-- What drizzle cannot express: the log checks every entry itself, gives it its hash, and lets nothing be changed.

-- Only the owner of the schema may replace this clock; a test's template does, and doctor and verify report it.
CREATE FUNCTION declog.now() RETURNS timestamptz LANGUAGE sql VOLATILE AS 'SELECT clock_timestamp()';
--> statement-breakpoint
CREATE FUNCTION declog.take_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, declog AS $$
DECLARE
  body jsonb := NEW.body::jsonb;
BEGIN
  IF body->>'log' IS DISTINCT FROM NEW.workspace OR body->>'id' IS DISTINCT FROM NEW.entry_id::text
    OR body->>'stream' IS DISTINCT FROM NEW.stream OR (body->>'seq')::bigint IS DISTINCT FROM NEW.seq
    OR body->>'type' IS DISTINCT FROM NEW.type THEN
    RAISE EXCEPTION 'declog: the columns of entry % say other than its body', NEW.entry_id USING ERRCODE = 'check_violation';
  END IF;
  NEW.recorded_at := declog.now();
  IF abs(extract(epoch FROM (body->>'at')::timestamptz - NEW.recorded_at)) > 300 THEN
    RAISE EXCEPTION 'declog: entry % is dated %, more than 300 s from the clock of the database', NEW.entry_id, body->>'at'
      USING ERRCODE = 'check_violation', HINT = 'Set the clocks of this machine and of the database server right.';
  END IF;
  NEW.leaf_hash := sha256('\x00'::bytea || convert_to(NEW.body, 'UTF8'));
  UPDATE declog.head SET head_seq = NEW.seq, head_hash = NEW.leaf_hash
    WHERE workspace = NEW.workspace AND stream = NEW.stream
      AND head_seq = NEW.seq - 1 AND head_hash = decode(body->>'prev', 'hex');
  IF NOT FOUND THEN
    RAISE EXCEPTION 'declog: entry % does not follow the head of its stream', NEW.entry_id USING ERRCODE = 'serialization_failure';
  END IF;
  INSERT INTO declog.pending (workspace, entry_id) VALUES (NEW.workspace, NEW.entry_id);
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER take_entry BEFORE INSERT ON declog.entry FOR EACH ROW EXECUTE FUNCTION declog.take_entry();
--> statement-breakpoint
ALTER TABLE declog.entry ENABLE ALWAYS TRIGGER take_entry;
--> statement-breakpoint
CREATE FUNCTION declog.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'declog: % on %.% is refused: the decision log only grows', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END $$;
--> statement-breakpoint
CREATE TRIGGER no_change BEFORE UPDATE OR DELETE ON declog.entry FOR EACH ROW EXECUTE FUNCTION declog.refuse();
--> statement-breakpoint
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON declog.entry FOR EACH STATEMENT EXECUTE FUNCTION declog.refuse();
--> statement-breakpoint
ALTER TABLE declog.entry ENABLE ALWAYS TRIGGER no_change;
--> statement-breakpoint
ALTER TABLE declog.entry ENABLE ALWAYS TRIGGER no_truncate;
--> statement-breakpoint
CREATE TRIGGER no_change BEFORE UPDATE OR DELETE ON declog.command FOR EACH ROW EXECUTE FUNCTION declog.refuse();
--> statement-breakpoint
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON declog.command FOR EACH STATEMENT EXECUTE FUNCTION declog.refuse();
--> statement-breakpoint
ALTER TABLE declog.command ENABLE ALWAYS TRIGGER no_change;
--> statement-breakpoint
ALTER TABLE declog.command ENABLE ALWAYS TRIGGER no_truncate;
--> statement-breakpoint
CREATE FUNCTION declog.only_erase() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.value IS NOT NULL OR NEW.salt IS NOT NULL OR NEW.erased_at IS NULL OR OLD.erased_at IS NOT NULL
    OR (NEW.workspace, NEW.commitment, NEW.stream, NEW.seq) IS DISTINCT FROM (OLD.workspace, OLD.commitment, OLD.stream, OLD.seq) THEN
    RAISE EXCEPTION 'declog: personal words can be erased, not changed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER only_erase BEFORE UPDATE ON declog.private FOR EACH ROW EXECUTE FUNCTION declog.only_erase();
--> statement-breakpoint
CREATE TRIGGER no_delete BEFORE DELETE ON declog.private FOR EACH ROW EXECUTE FUNCTION declog.refuse();
--> statement-breakpoint
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON declog.private FOR EACH STATEMENT EXECUTE FUNCTION declog.refuse();
--> statement-breakpoint
ALTER TABLE declog.private ENABLE ALWAYS TRIGGER only_erase;
--> statement-breakpoint
ALTER TABLE declog.private ENABLE ALWAYS TRIGGER no_delete;
--> statement-breakpoint
ALTER TABLE declog.private ENABLE ALWAYS TRIGGER no_truncate;

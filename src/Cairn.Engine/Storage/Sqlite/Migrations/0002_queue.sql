-- The last event of a session, so that finding what nobody has observed yet does not read the events.
ALTER TABLE session ADD COLUMN last_event_id INTEGER NOT NULL DEFAULT 0;
UPDATE session SET last_event_id = COALESCE((SELECT MAX(id) FROM event WHERE session_id = session.id), 0);

-- When the events that a memory rests on went past their retention: no observation can make it again, so none changes it.
ALTER TABLE memory ADD COLUMN settled_at_ms INTEGER;

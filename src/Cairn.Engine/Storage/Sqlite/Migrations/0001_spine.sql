-- Instants are UTC milliseconds since 1970 (_at_ms). Public ids are UUIDv7 as 32 lowercase hex digits.

CREATE TABLE project (
    id INTEGER PRIMARY KEY,
    identity TEXT NOT NULL UNIQUE,
    label TEXT NOT NULL,
    root TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL
) STRICT;

-- A label or identity that people gave to a project besides its own.
CREATE TABLE project_alias (
    alias TEXT PRIMARY KEY,
    project_id INTEGER NOT NULL REFERENCES project (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
    id INTEGER PRIMARY KEY,
    agent TEXT NOT NULL,
    agent_session_id TEXT NOT NULL CHECK (length(agent_session_id) BETWEEN 1 AND 512),
    project_id INTEGER NOT NULL REFERENCES project (id),
    cwd TEXT NOT NULL,
    root TEXT NOT NULL,
    branch TEXT,
    transcript_path TEXT,
    model TEXT,
    started_at_ms INTEGER NOT NULL,
    last_event_at_ms INTEGER NOT NULL,
    ended_at_ms INTEGER,
    prompts INTEGER NOT NULL DEFAULT 0,
    events INTEGER NOT NULL DEFAULT 0,
    UNIQUE (agent, agent_session_id)
) STRICT;

CREATE INDEX session_by_project ON session (project_id, last_event_at_ms);

-- Append-only. key makes any repeat of an event the same row.
CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    session_id INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    origin TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    received_at_ms INTEGER NOT NULL,
    turn_id TEXT,
    subagent_id TEXT,
    subagent_type TEXT,
    text TEXT,
    tool_name TEXT,
    tool_call_id TEXT,
    tool_input TEXT,
    tool_output TEXT,
    tool_duration_ms INTEGER,
    UNIQUE (session_id, key)
) STRICT;

-- The files that an event named. role: read, modified, other.
CREATE TABLE touch (
    event_id INTEGER NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    path TEXT NOT NULL,
    role TEXT NOT NULL,
    session_id INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    PRIMARY KEY (event_id, path, role)
) STRICT, WITHOUT ROWID;

CREATE INDEX touch_by_path ON touch (path, session_id);

-- A contiguous range of a session's events that one observer works on.
CREATE TABLE batch (
    id INTEGER PRIMARY KEY,
    session_id INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    observer TEXT NOT NULL,
    first_event_id INTEGER NOT NULL,
    last_event_id INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'claimed', 'completed', 'failed', 'gave_up')),
    attempts INTEGER NOT NULL DEFAULT 0,
    due_at_ms INTEGER NOT NULL,
    lease_until_ms INTEGER,
    error TEXT,
    updated_at_ms INTEGER NOT NULL,
    CHECK (first_event_id <= last_event_id),
    CHECK ((state = 'claimed') = (lease_until_ms IS NOT NULL))
) STRICT;

-- At most one open range for each session and observer: new events widen it.
CREATE UNIQUE INDEX batch_open ON batch (session_id, observer) WHERE state = 'pending';
CREATE INDEX batch_by_session ON batch (session_id, observer, last_event_id);
CREATE INDEX batch_due ON batch (due_at_ms) WHERE state IN ('pending', 'claimed', 'failed');

-- observer_key is the observer's own stable name of what it made in a session; null for what a person wrote.
-- A forgotten memory of an observer stays as a row without words, so that observing again does not bring it back.
-- AUTOINCREMENT: a number that was shown is never given to another memory.
CREATE TABLE memory (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    public_id TEXT NOT NULL UNIQUE,
    project_id INTEGER NOT NULL REFERENCES project (id),
    session_id INTEGER REFERENCES session (id) ON DELETE SET NULL,
    observer TEXT NOT NULL,
    observer_key TEXT,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    subtitle TEXT NOT NULL,
    narrative TEXT NOT NULL,
    facts TEXT NOT NULL CHECK (json_type(facts) = 'array'),
    concepts TEXT NOT NULL CHECK (json_type(concepts) = 'array'),
    source TEXT NOT NULL,
    confidence TEXT NOT NULL CHECK (confidence IN ('low', 'medium', 'high')),
    pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1)),
    superseded_by INTEGER REFERENCES memory (id) ON DELETE SET NULL,
    metadata TEXT NOT NULL DEFAULT '{}' CHECK (json_type(metadata) = 'object'),
    created_at_ms INTEGER NOT NULL,
    updated_at_ms INTEGER NOT NULL,
    -- When a person changed its words: observers leave them alone from then on.
    edited_at_ms INTEGER,
    deleted_at_ms INTEGER,
    UNIQUE (session_id, observer, observer_key)
) STRICT;

CREATE INDEX memory_by_time ON memory (created_at_ms) WHERE deleted_at_ms IS NULL;
CREATE INDEX memory_by_project ON memory (project_id, created_at_ms) WHERE deleted_at_ms IS NULL;
CREATE INDEX memory_by_kind ON memory (project_id, kind, created_at_ms) WHERE deleted_at_ms IS NULL;
CREATE INDEX memory_pinned ON memory (project_id, created_at_ms) WHERE pinned = 1 AND deleted_at_ms IS NULL;

-- role: read, modified. position keeps the observer's order.
CREATE TABLE memory_file (
    memory_id INTEGER NOT NULL REFERENCES memory (id) ON DELETE CASCADE,
    path TEXT NOT NULL,
    role TEXT NOT NULL,
    position INTEGER NOT NULL,
    blob_hash TEXT,
    PRIMARY KEY (memory_id, path, role)
) STRICT, WITHOUT ROWID;

CREATE INDEX memory_file_by_path ON memory_file (path, memory_id);

-- The events that a memory rests on.
CREATE TABLE memory_event (
    memory_id INTEGER NOT NULL REFERENCES memory (id) ON DELETE CASCADE,
    event_id INTEGER NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    PRIMARY KEY (memory_id, event_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX memory_event_by_event ON memory_event (event_id);

-- Raw words of a session for recall: a prompt with the answer that it got.
CREATE TABLE passage (
    id INTEGER PRIMARY KEY,
    session_id INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    project_id INTEGER NOT NULL REFERENCES project (id),
    first_event_id INTEGER NOT NULL,
    last_event_id INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    prompt TEXT NOT NULL,
    answer TEXT NOT NULL,
    UNIQUE (session_id, first_event_id)
) STRICT;

-- The words in these are prepared for search (identifiers split, CJK in pairs), so they are not the words that are shown.
CREATE VIRTUAL TABLE memory_fts USING fts5 (
    title, subtitle, facts, narrative, concepts, files,
    content = '', contentless_delete = 1, tokenize = 'porter unicode61 remove_diacritics 2'
);
INSERT INTO memory_fts (memory_fts, rank) VALUES ('secure-delete', 1);
INSERT INTO memory_fts (memory_fts, rank) VALUES ('rank', 'bm25(6.0, 2.0, 3.0, 2.0, 1.0, 1.0)');

CREATE VIRTUAL TABLE passage_fts USING fts5 (
    prompt, answer,
    content = '', contentless_delete = 1, tokenize = 'porter unicode61 remove_diacritics 2'
);
INSERT INTO passage_fts (passage_fts, rank) VALUES ('secure-delete', 1);

-- One recall. trigger: session-startup, session-resume, session-clear, session-compact, prompt, search. outcome: shown, or
-- why it was silent. What a session was shown before its last session-compact is gone from the agent's context.
CREATE TABLE receipt (
    id INTEGER PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    session_id INTEGER REFERENCES session (id) ON DELETE CASCADE,
    project_id INTEGER REFERENCES project (id),
    trigger TEXT NOT NULL,
    outcome TEXT NOT NULL,
    event_id INTEGER,
    tokens INTEGER NOT NULL,
    characters INTEGER NOT NULL,
    created_at_ms INTEGER NOT NULL
) STRICT;

CREATE INDEX receipt_by_session ON receipt (session_id, created_at_ms);

CREATE TABLE receipt_memory (
    receipt_id INTEGER NOT NULL REFERENCES receipt (id) ON DELETE CASCADE,
    memory_id INTEGER NOT NULL REFERENCES memory (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    score REAL NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (receipt_id, memory_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX receipt_memory_by_memory ON receipt_memory (memory_id);

-- What a person asked not to capture. scope: session (subject is its agent id) or project (subject is its identity).
CREATE TABLE pause (
    scope TEXT NOT NULL CHECK (scope IN ('session', 'project')),
    subject TEXT NOT NULL,
    paused_at_ms INTEGER NOT NULL,
    PRIMARY KEY (scope, subject)
) STRICT, WITHOUT ROWID;

-- How far an agent's own file of a conversation was read. path is the file's real path. check_hash covers the first head_bytes
-- and the last bytes before read_bytes: when it differs, the file was rewritten and is read anew. state is what the reader has
-- to know to go on from there. unknown counts, by name, the lines that this version's reader does not understand.
CREATE TABLE transcript (
    path TEXT PRIMARY KEY,
    agent TEXT NOT NULL,
    reader INTEGER NOT NULL,
    device INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    length_bytes INTEGER NOT NULL,
    modified_at_ms INTEGER NOT NULL,
    read_bytes INTEGER NOT NULL CHECK (read_bytes >= 0),
    head_bytes INTEGER NOT NULL,
    check_hash TEXT NOT NULL,
    state TEXT NOT NULL CHECK (json_type(state) = 'object'),
    unknown TEXT NOT NULL CHECK (json_type(unknown) = 'object'),
    read_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- When something had been paused: a transcript read later leaves out what it tells of that time.
CREATE TABLE pause_past (
    scope TEXT NOT NULL CHECK (scope IN ('session', 'project')),
    subject TEXT NOT NULL,
    paused_at_ms INTEGER NOT NULL,
    resumed_at_ms INTEGER NOT NULL,
    PRIMARY KEY (scope, subject, paused_at_ms)
) STRICT, WITHOUT ROWID;

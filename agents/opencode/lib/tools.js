// Tools that the agent may call. They print what the commands of the same names print.
const USUAL_RECENT = 5;

export function memoryTools({ daemon, settings, log, cwd }) {
  const run = async (parameters, empty) => {
    const done = await daemon.run(parameters, "", settings.command_timeout_ms, cwd);
    if (done.code !== 0) return "Cairn could not be asked; 'cairn doctor' says why.";
    return done.output.trim() || empty;
  };
  const stats = () => run(["stats"], "No stats yet.");
  const recent = limit => run(["recent", "--limit", String(limit)], "No recent memories.");
  const viewer = async () => {
    if (!settings.viewer) return "disabled";
    try {
      const reply = await daemon.send("GET", "/api/health", undefined, 1000);
      return `http://127.0.0.1:${reply.json.port}`;
    } catch {
      return "the daemon is not running";
    }
  };

  return {
    "mem-status": {
      description: "Cairn's state: the viewer's address, the log, statistics and the latest memories of this project.",
      args: {},
      execute: async () => [
        `viewer: ${await viewer()}`, `log: ${log.path ?? "disabled"}`, "", "stats:", await stats(), "", "recent:", await recent(USUAL_RECENT),
      ].join("\n"),
    },
    "mem-stats": {
      description: "Statistics of Cairn, the memory of earlier sessions.",
      args: {},
      execute: stats,
    },
    "mem-recent": {
      description: "The latest memories of this project.",
      args: { limit: { type: "number", description: `How many; ${USUAL_RECENT} is usual.` } },
      execute: ({ limit }) => recent(Number.isInteger(limit) && limit > 0 ? Math.min(limit, 100) : USUAL_RECENT),
    },
  };
}

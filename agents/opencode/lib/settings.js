// The plugin's settings. The daemon resolves them (file, environment, limits) and sends them with its first answer;
// until then these hold: the environment, else the default. Names and defaults are those of the registry.
const ON = new Set(["1", "true", "yes", "on"]);
const OFF = new Set(["0", "false", "no", "off"]);

const DECLARED = {
  ignore: { names: ["CAIRN_OPENCODE_IGNORE", "CODEMEM_PLUGIN_IGNORE"], value: false },
  stream: { names: ["CAIRN_OPENCODE_STREAM", "CODEMEM_RAW_EVENTS"], value: true },
  start_daemon: { names: ["CAIRN_OPENCODE_START_DAEMON", "CODEMEM_VIEWER_AUTO"], value: true },
  stop_daemon: { names: ["CAIRN_OPENCODE_STOP_DAEMON", "CODEMEM_VIEWER_AUTO_STOP"], value: true },
  backoff_ms: { names: ["CAIRN_OPENCODE_BACKOFF_MS", "CODEMEM_RAW_EVENTS_BACKOFF_MS"], value: 10000, min: 1000, max: 600000 },
  status_check_ms: { names: ["CAIRN_OPENCODE_STATUS_CHECK_MS", "CODEMEM_RAW_EVENTS_STATUS_CHECK_MS"], value: 30000, min: 1000, max: 3600000 },
  batch_events: { names: ["CAIRN_OPENCODE_BATCH_EVENTS", "CODEMEM_PLUGIN_MAX_EVENTS"], value: 200, min: 1, max: 1000 },
  hard_maximum: { names: ["CAIRN_OPENCODE_HARD_MAXIMUM", "CODEMEM_RAW_EVENTS_HARD_MAX"], value: 2000, min: 200, max: 100000 },
  command_timeout_ms: { names: ["CAIRN_OPENCODE_COMMAND_TIMEOUT_MS", "CODEMEM_PLUGIN_CMD_TIMEOUT"], value: 20000, min: 500, max: 120000 },
  context_characters: { names: ["CAIRN_RECALL_MAX_CHARACTERS", "CODEMEM_INJECT_MAX_CHARS"], value: 16000, min: 500, max: 16000 },
  minimum_version: { names: ["CAIRN_OPENCODE_MINIMUM_VERSION", "CODEMEM_MIN_VERSION"], value: "" },
  update_policy: { names: ["CAIRN_OPENCODE_UPDATE_POLICY", "CODEMEM_BACKEND_UPDATE_POLICY"], value: "notify" },
  viewer: { names: ["CAIRN_VIEWER_ENABLED", "CODEMEM_VIEWER"], value: true },
  debug: { names: ["CAIRN_OPENCODE_DEBUG", "CODEMEM_PLUGIN_DEBUG"], value: false },
  log: { names: ["CAIRN_OPENCODE_LOG", "CODEMEM_PLUGIN_LOG"], value: "" },
};

/** True in a process that Cairn itself started to think: it is never observed. */
export function isInternal(environment) {
  return ["CAIRN_INTERNAL", "CLAUDE_MEM_INTERNAL"].some(name => !["", "0", "false"].includes(environment[name] ?? ""));
}

export class PluginSettings {
  #forwarded = new Set(Object.values(DECLARED).flatMap(setting => setting.names));

  constructor(environment) {
    this.environment = environment;
    for (const [key, declared] of Object.entries(DECLARED)) this[key] = fromEnvironment(environment, declared);
  }

  /** Takes over what the daemon says; what is of another kind than it should be is left as it was. */
  apply(reply) {
    for (const [key, value] of Object.entries(reply?.settings ?? {})) {
      if (key in DECLARED && typeof value === typeof DECLARED[key].value) this[key] = value;
    }
    for (const name of reply?.variables ?? []) this.#forwarded.add(name);
  }

  /** The variables of this session that name a setting, as the daemon's header has them. None carries a secret. */
  header() {
    const pairs = [];
    for (const name of this.#forwarded) {
      const value = this.environment[name];
      if (value !== undefined && value.length < 2000) pairs.push(`${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
    }
    return pairs.join("&");
  }
}

function fromEnvironment(environment, declared) {
  for (const name of declared.names) {
    const text = environment[name]?.trim();
    if (text === undefined || text === "") continue;
    if (typeof declared.value === "string") return text;
    if (typeof declared.value === "boolean") {
      if (ON.has(text.toLowerCase())) return true;
      if (OFF.has(text.toLowerCase())) return false;
    } else if (/^\d+$/.test(text) && Number(text) >= declared.min && Number(text) <= declared.max) {
      return Number(text);
    }
  }
  return declared.value;
}

// The plugin's own log. It is off unless it is asked for, and holds names, counts and durations: never what people wrote.
import { appendFileSync, mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

export class PluginLog {
  #debug;

  constructor(settings, environment) {
    this.#debug = settings.debug;
    const said = settings.log.toLowerCase();
    this.path = ["1", "true", "yes", "on"].includes(said) || (said === "" && settings.debug)
      ? join(environment.CAIRN_HOME || join(homedir(), ".cairn"), "logs", "opencode.log")
      : ["", "0", "false", "no", "off"].includes(said) ? null : settings.log;
  }

  /** What happened; only with debugging on. */
  note(name, values) {
    if (this.#debug) this.#write(name, values);
  }

  /** What is worth a line in any log. */
  say(name, values) {
    this.#write(name, values);
  }

  failed(name, problem) {
    this.#write(name, { problem: problem?.code ?? problem?.name ?? typeof problem });
  }

  #write(name, values) {
    if (this.path === null) return;
    const line = `${new Date().toISOString()} ${name} ${JSON.stringify(values)}\n`;
    try {
      // At once: the line that says how it ended is the one that is looked for.
      mkdirSync(dirname(this.path), { recursive: true, mode: 0o700 });
      appendFileSync(this.path, line, { mode: 0o600 });
    } catch {
      // A log that can't be written is no reason to stop.
    }
  }
}

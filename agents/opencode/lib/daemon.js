// The way to the daemon: one Unix socket, and the 'cairn' program for what the socket can't do.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { request } from "node:http";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

// A session that ended without a word does not keep the daemon for ever.
const OPEN_FOR_MS = 12 * 60 * 60 * 1000;
const DONE_WITHIN_MS = 1200;

export class Daemon {
  #startedByUs = false;
  #starting = null;

  constructor({ program, settings, environment, log }) {
    Object.assign(this, { settings, environment, log });
    this.program = program.startsWith("@") ? "cairn" : program;
    this.home = homeOf(environment);
  }

  /** Sends one request. Rejects when nobody answers in time. */
  send(method, path, body, timeoutMs, headers = {}) {
    return new Promise((resolve, reject) => {
      const bytes = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
      const call = request({
        socketPath: this.#socket(),
        method,
        path,
        agent: false,
        headers: {
          host: "localhost",
          ...(bytes && { "content-type": "application/json", "content-length": bytes.length }),
          "cairn-environment": this.settings.header(),
          ...headers,
        },
      }, response => {
        const parts = [];
        response.on("data", part => parts.push(part));
        response.on("error", reject);
        response.on("end", () => resolve({ status: response.statusCode, json: parse(Buffer.concat(parts)) }));
      });
      const timer = setTimeout(() => call.destroy(Object.assign(new Error("no answer in time"), { code: "ETIMEDOUT" })), timeoutMs);
      call.on("close", () => clearTimeout(timer));
      call.on("error", reject);
      call.end(bytes);
    });
  }

  /** Starts the daemon unless one runs; several calls at once are one. */
  start() {
    this.#starting ??= this.run(["start"], "", 15000)
      .then(run => {
        this.#startedByUs ||= run.code === 0 && run.output.startsWith("Started");
        this.log.note("daemon.start", { code: run.code, ours: this.#startedByUs });
      })
      .finally(() => { this.#starting = null; });
    return this.#starting;
  }

  /** Stops the daemon when this plugin started it, everything was handed over and done, and nobody else has a session open. */
  async stopIfOurs(allAccepted, ownSessions) {
    if (!this.#startedByUs || !allAccepted || !this.settings.stop_daemon) return;
    try {
      const sessions = await this.send("GET", "/api/sessions?limit=100", undefined, 300);
      const own = new Set(ownSessions);
      const others = (sessions.json?.items ?? []).filter(session =>
        session.ended_at_ms == null && !own.has(session.agent_session_id) && Date.now() - session.last_event_at_ms < OPEN_FOR_MS);
      if (sessions.status === 200 && others.length === 0 && await this.#isDone()) {
        await this.send("POST", "/api/admin/shutdown", undefined, 300);
        this.log.note("daemon.stop", {});
      }
    } catch (problem) {
      this.log.failed("daemon.stop", problem);
    }
  }

  // The session's own end has just given it something to do.
  async #isDone() {
    const until = performance.now() + DONE_WITHIN_MS;
    while (performance.now() < until) {
      const { json } = await this.send("GET", "/api/status", undefined, 300);
      if (json?.waiting === 0 && json?.spooled === 0) return true;
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    return false;
  }

  /** Hands a payload to 'cairn hook', which delivers it, or redacts it and keeps it in the spool. */
  spool(payload, timeoutMs) {
    return this.run(["hook", "opencode"], JSON.stringify(payload), timeoutMs).then(run => run.code === 0);
  }

  /** As spool, for a process that ends: blocks. */
  spoolNow(payload) {
    spawnSync(this.program, ["hook", "opencode"], { input: JSON.stringify(payload), stdio: ["pipe", "ignore", "ignore"], timeout: 5000, env: this.#childEnvironment() });
  }

  /** Runs the program to its end. Never rejects. */
  run(parameters, input, timeoutMs, cwd) {
    return new Promise(resolve => {
      let output = "";
      let child;
      try {
        child = spawn(this.program, parameters, { cwd, stdio: ["pipe", "pipe", "ignore"], env: this.#childEnvironment() });
      } catch {
        resolve({ code: -1, output });
        return;
      }
      const timer = setTimeout(() => child.kill("SIGKILL"), timeoutMs);
      child.on("error", () => { clearTimeout(timer); resolve({ code: -1, output }); });
      child.on("close", code => { clearTimeout(timer); resolve({ code: code ?? -1, output }); });
      child.stdout.on("data", part => { output += part; });
      child.stdin.on("error", () => {});
      child.stdin.end(input);
    });
  }

  #childEnvironment() {
    return { ...this.environment, CAIRN_HOME: this.home };
  }

  // The daemon writes where it listens: the path of a long home is too long for a socket.
  #socket() {
    try {
      const { socket } = JSON.parse(readFileSync(join(this.home, "daemon.json"), "utf8"));
      if (typeof socket === "string" && socket !== "") return socket;
    } catch {
      // It does not run, or is just starting.
    }
    return join(this.home, "cairn.sock");
  }
}

// As the programs find it: what the environment names, else where this plugin was installed, else the usual place.
function homeOf(environment) {
  if (environment.CAIRN_HOME) return environment.CAIRN_HOME;
  const other = environment.CLAUDE_MEM_DATA_DIR;
  if (other && existsSync(join(other, "cairn.home"))) return other;
  const installed = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
  return existsSync(join(installed, "cairn.home")) ? installed : join(environment.HOME || homedir(), ".cairn");
}

function parse(bytes) {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return null;
  }
}

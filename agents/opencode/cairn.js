// Cairn's plugin for OpenCode: hands every event of a session to the daemon, and puts the memories that the daemon
// answers with in front of the model. OpenCode loads this file as it is; its only export is the plugin.
// Nothing in here throws into the agent: a hook that fails is noted in the log and the agent goes on.
import { Daemon } from "./lib/daemon.js";
import { EventStream } from "./lib/stream.js";
import { Guidance } from "./lib/guidance.js";
import { PluginLog } from "./lib/log.js";
import { Sessions } from "./lib/sessions.js";
import { Toasts } from "./lib/toasts.js";
import { isInternal, PluginSettings } from "./lib/settings.js";
import { memoryTools } from "./lib/tools.js";

// Filled in when the plugin is installed.
const PROGRAM = "@CAIRN@";

export const CairnPlugin = async ({ client, directory, worktree }) => {
  const settings = new PluginSettings(process.env);
  if (isInternal(process.env) || settings.ignore) return {};

  const log = new PluginLog(settings, process.env);
  const daemon = new Daemon({ program: PROGRAM, settings, environment: process.env, log });
  const toasts = new Toasts(client, log);
  const guidance = new Guidance({ settings, toasts, log });
  const stream = new EventStream({ daemon, settings, toasts, log, onReady: reply => guidance.check(reply) });
  const sessions = new Sessions({ client, stream, toasts, log, cwd: directory || worktree || process.cwd() });
  const stopListening = flushOnEnd(stream, log);

  log.note("plugin.started", { pid: process.pid });
  stream.begin();

  const hooks = {
    event: ({ event }) => sessions.take(event),
    "chat.message": (input, output) => sessions.prompt(input, output),
    "experimental.chat.system.transform": (input, output) => sessions.inject(input, output),
    // The last chance: OpenCode waits two seconds for it.
    dispose: async () => {
      stopListening();
      sessions.end("exit");
      await stream.finish();
      await daemon.stopIfOurs(stream.isAccepted, sessions.ids());
      log.note("plugin.disposed", {});
    },
  };
  return { ...guarded(hooks, log), tool: memoryTools({ daemon, settings, log, cwd: directory || worktree }) };
};

function guarded(hooks, log) {
  return Object.fromEntries(Object.entries(hooks).map(([name, hook]) => [name, async (...parameters) => {
    try {
      await hook(...parameters);
    } catch (problem) {
      log.failed(`hook.${name}`, problem);
    }
  }]));
}

// OpenCode ends without calling dispose when it is asked to by a signal, and after some errors. Where it listens to the
// signal itself, it decides what happens.
function flushOnEnd(stream, log) {
  const flush = () => {
    try {
      stream.spoolNow();
    } catch (problem) {
      log.failed("end", problem);
    }
  };
  process.on("exit", flush);
  const listeners = ["SIGTERM", "SIGHUP"].filter(signal => process.listenerCount(signal) === 0).map(signal => {
    const listener = () => {
      stopListening();
      flush();
      process.kill(process.pid, signal);
    };
    process.on(signal, listener);
    return [signal, listener];
  });
  function stopListening() {
    process.removeListener("exit", flush);
    for (const [signal, listener] of listeners) process.removeListener(signal, listener);
  }
  return stopListening;
}

// What is known of each session, and what of it is told to the daemon. A subagent is a session of OpenCode's own; it is
// told as a part of the session that it works for.
const ANSWER_WITHIN_MS = 1200;
const MOST_TOOLS = 50;
const MOST_PROMPTS = 15;
const LONGEST_MS = 600000;
const MOST_MESSAGES = 64;

let sequence = 0;
const boot = `${Date.now().toString(36)}-${process.pid}`;

export class Sessions {
  #known = new Map();
  #active = null;

  constructor({ client, stream, toasts, log, cwd }) {
    Object.assign(this, { client, stream, toasts, log, cwd });
  }

  ids() {
    return [...this.#known.values()].filter(session => !session.parent).map(session => session.id);
  }

  /** One event of OpenCode's bus. Most of them are of no interest, and those are told apart first. */
  take(event) {
    const properties = event.properties ?? {};
    switch (event.type) {
      case "message.part.updated": return this.#part(properties.part);
      case "message.updated": return this.#message(properties.info);
      case "session.created": return this.#created(properties.info);
      case "session.idle": return this.#idle(properties.sessionID);
      case "session.error": return this.#error(properties);
      case "session.deleted": return this.#deleted(properties.info?.id ?? properties.sessionID);
    }
  }

  /** A message that a person, or for a subagent the agent, wrote. */
  async prompt(input, output) {
    const session = await this.#find(input.sessionID ?? output.message?.sessionID);
    if (!session || session.parent) return;
    const parts = (output.parts ?? []).filter(part => part.type === "text" && !part.synthetic && !part.ignored);
    const text = parts.map(part => part.text).join("\n").trim();
    if (text === "") return;
    this.#active = session;
    session.turn = output.message?.id;
    session.model = modelOf(output.message?.model) ?? session.model;
    if (text === "/new" || text.startsWith("/new ")) this.#checkpoint(session, "new");
    session.count("prompts");
    session.recall(this.#tell(session, "chat.message", { message: { id: output.message?.id }, parts: parts.map(({ type, text }) => ({ type, text })) }, true));
    this.#checkThresholds(session);
  }

  /** Puts the memories in front of the model; never for OpenCode's own errands (a title, a compaction), nor for subagents. */
  async inject(input, output) {
    const session = this.#known.get(input.sessionID);
    if (!session || session.parent || session.isCompacting || isErrand(output.system)) return;
    await within(session.recalled, ANSWER_WITHIN_MS);
    const text = session.context(this.stream.settings.context_characters);
    if (text === "") return;
    output.system.push(text);
    if (!session.isAnnounced) {
      session.isAnnounced = true;
      const items = (text.match(/#\d+ ·/g) ?? []).length;
      this.toasts.show(["cairn injected", `${items} items`, `~${Math.ceil(text.length / 4)} tokens`].join(" · "));
    }
  }

  /** The process ends. */
  end(reason) {
    for (const session of this.#known.values()) {
      if (!session.parent && session.isOpen) this.#close(session, reason);
    }
  }

  #created(info) {
    if (!info?.id) return;
    if (info.parentID) {
      this.#subagent(info);
      return;
    }
    if (this.#active && this.#active.id !== info.id) this.#checkpoint(this.#active, "new session");
    this.stream.flush();
    this.#open(info.id, "startup", info.directory);
  }

  #open(id, source, directory) {
    const session = new Session(id, directory || this.cwd);
    this.#known.set(id, session);
    session.recall(this.#tell(session, "session.started", { source }, true));
    return session;
  }

  #subagent(info) {
    const parent = this.#root(info.parentID) ?? this.#open(info.parentID, "resume", info.directory);
    const session = new Session(info.id, parent.cwd);
    session.parent = parent;
    session.kind = info.agent || "subagent";
    this.#known.set(info.id, session);
    this.#tell(session, "subagent.started", {});
    return session;
  }

  #root(id) {
    const session = this.#known.get(id);
    return session?.parent ?? session;
  }

  // A session that was there before this process: OpenCode is asked whose it is.
  async #find(id) {
    if (!id) return this.#active;
    if (this.#known.has(id)) return this.#known.get(id);
    const answer = await within(Promise.resolve(this.client?.session?.get?.({ path: { id } })).catch(() => null), 500);
    if (this.#known.has(id)) return this.#known.get(id);
    const info = answer?.data ?? {};
    return info.parentID ? this.#subagent({ ...info, id }) : this.#open(id, "resume", info.directory);
  }

  #part(part) {
    if (!part) return;
    const session = this.#known.get(part.sessionID);
    if (!session) return;
    if (part.type === "text" && !part.synthetic && !part.ignored) {
      session.hear(part);
    } else if (part.type === "tool" && (part.state?.status === "completed" || part.state?.status === "error") && session.isNew(part.callID)) {
      session.count("tools");
      this.#tell(session, "message.part.updated", { part: withoutCopies(part) });
      this.#checkThresholds(session);
    }
  }

  #message(info) {
    const session = this.#known.get(info?.sessionID);
    if (!session || info.role !== "assistant") return;
    session.model = modelOf(info) ?? session.model;
    if (info.summary === true) session.isCompacting = info.time?.completed === undefined;
    if (info.time?.completed === undefined || !session.isNew(info.id)) return;
    const text = session.spoken(info.id);
    session.lastText = text || session.lastText;
    const { id, parentID, finish, summary, modelID, providerID, tokens, cost, agent } = info;
    const goesOn = finish === "tool-calls";
    if (!goesOn && summary !== true) session.observed();
    this.#tell(session, "message.updated", { info: { id, parentID, finish, summary, modelID, providerID, tokens, cost, agent }, text });
  }

  #idle(id) {
    const session = this.#known.get(id);
    if (!session) return;
    if (session.parent) {
      this.#tell(session, "subagent.stopped", { text: session.lastText });
    } else {
      this.#checkpoint(session, "idle");
    }
    this.stream.flush();
  }

  #error({ sessionID, error }) {
    const session = sessionID ? this.#known.get(sessionID) : this.#active;
    if (!session || session.parent) return;
    session.observed();
    this.#tell(session, "session.error", { error: { name: error?.name, message: error?.data?.message ?? error?.message } });
    this.stream.flush();
  }

  #deleted(id) {
    const session = this.#known.get(id);
    if (!session) return;
    if (!session.parent && session.isOpen) this.#close(session, "deleted");
    this.#known.delete(id);
    if (this.#active === session) this.#active = null;
  }

  #close(session, reason) {
    session.isOpen = false;
    this.#tell(session, "session.ended", { reason });
  }

  #checkThresholds(session) {
    const root = session.parent ?? session;
    const reason = root.counts.tools >= MOST_TOOLS ? "tools"
      : root.counts.prompts >= MOST_PROMPTS ? "prompts"
        : performance.now() - root.observedAt >= LONGEST_MS ? "duration" : null;
    if (reason !== null) this.#checkpoint(root, reason);
  }

  // Memories are made of what happened since they last were; where nothing did there is nothing to ask for.
  #checkpoint(session, reason) {
    if (session.counts.tools + session.counts.prompts === 0) return;
    session.observed();
    this.#tell(session, "session.checkpoint", { reason });
  }

  #tell(session, name, properties, wantsAnswer = false) {
    const root = session.parent ?? session;
    if (name !== "session.ended") root.isOpen = true;
    return this.stream.add({
      hook_event_name: name,
      event_id: `${boot}-${++sequence}`,
      session_id: root.id,
      agent_id: session.parent ? session.id : undefined,
      agent_type: session.parent ? session.kind : undefined,
      turn_id: root.turn,
      cwd: root.cwd,
      model: root.model,
      time_ms: Date.now(),
      properties,
    }, wantsAnswer);
  }
}

class Session {
  counts = { tools: 0, prompts: 0 };
  observedAt = performance.now();
  recalled = Promise.resolve();
  isOpen = true;
  isCompacting = false;
  isAnnounced = false;
  lastText = "";
  #blocks = [];
  #texts = new Map();
  #seen = new Set();

  constructor(id, cwd) {
    this.id = id;
    this.cwd = cwd;
  }

  count(what) {
    const root = this.parent ?? this;
    root.counts[what]++;
  }

  observed() {
    this.counts = { tools: 0, prompts: 0 };
    this.observedAt = performance.now();
  }

  /** True the first time: OpenCode says the same thing more than once. */
  isNew(id) {
    if (this.#seen.has(id)) return false;
    this.#seen.add(id);
    if (this.#seen.size > 4096) this.#seen.delete(this.#seen.values().next().value);
    return true;
  }

  hear(part) {
    const parts = this.#texts.get(part.messageID) ?? new Map();
    parts.set(part.id, part.text);
    this.#texts.set(part.messageID, parts);
    if (this.#texts.size > MOST_MESSAGES) this.#texts.delete(this.#texts.keys().next().value);
  }

  spoken(messageId) {
    const text = [...(this.#texts.get(messageId)?.values() ?? [])].join("\n\n").trim();
    this.#texts.delete(messageId);
    return text;
  }

  /** Takes in an answer with memories when it comes. They only ever come to what was there, so that the text stays the same until something new is known. */
  recall(answer) {
    const taken = answer.then(reply => {
      if (typeof reply?.context === "string" && reply.context !== "" && !this.#blocks.includes(reply.context)) this.#blocks.push(reply.context);
    });
    this.recalled = Promise.all([this.recalled, taken]);
  }

  /** The memories, newest kept where not all fit; the same text for every call until an answer brings more. */
  context(limit) {
    const kept = [];
    let length = 0;
    for (const block of [...this.#blocks].reverse()) {
      if (kept.length > 0 && length + block.length > limit) break;
      kept.unshift(block);
      length += block.length + 2;
    }
    return kept.join("\n\n").slice(0, limit);
  }
}

function isErrand(system) {
  const first = system?.[0] ?? "";
  return first.startsWith("You are a title generator") || first.startsWith("You are a context summarization agent")
    || first.startsWith("You are a helpful AI assistant tasked with summarizing");
}

function modelOf(said) {
  return said?.modelID ? `${said.providerID}/${said.modelID}` : undefined;
}

// The metadata of some tools repeats the whole output, or the file before and after.
function withoutCopies(part) {
  const { type, tool, callID, messageID, state } = part;
  const { exit, diff, exists, filepath, files } = state.metadata ?? {};
  const { status, input, output, error, time } = state;
  return { type, tool, callID, messageID, state: { status, input, output, error, time, metadata: { exit, diff, exists, filepath, files } } };
}

function within(promise, milliseconds) {
  let timer;
  const over = new Promise(resolve => { timer = setTimeout(() => resolve(null), milliseconds); });
  return Promise.race([promise, over]).finally(() => clearTimeout(timer));
}

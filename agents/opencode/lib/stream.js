// Events on their way to the daemon, in order. One leaves the queue only when the daemon, or at the end the spool, has
// accepted it. While the daemon can't be reached nothing is tried for a while; the queue is bounded, and what no longer
// fits goes to the spool.
const ANSWER_MS = 1000;
const LARGEST_BATCH = 4 * 1024 * 1024;
const LAST_TRY_MS = 500;
const SPOOL_MS = 1400;

export class EventStream {
  #queue = [];
  #sending = null;
  #unavailableUntil = 0;
  #checkedAt = -Infinity;
  #retry = null;
  #overflowing = Promise.resolve();
  #ended = false;

  constructor({ daemon, settings, toasts, log, onReady }) {
    Object.assign(this, { daemon, settings, toasts, log, onReady });
  }

  /** True when nothing waits. */
  get isAccepted() {
    return this.#queue.length === 0;
  }

  /** Looks for the daemon, and starts it where that is wanted. */
  begin() {
    void this.#pump();
  }

  /** Queues one event. @returns what the daemon answers, null when it does not in time. */
  add(event, wantsAnswer = false) {
    if (!this.settings.stream || this.#ended) return Promise.resolve(null);
    return new Promise(resolve => {
      this.#queue.push({ event, size: JSON.stringify(event).length, answer: wantsAnswer ? resolve : null });
      if (!wantsAnswer) resolve(null);
      this.#bound();
      void this.#pump();
    });
  }

  /** Sends what waits, now. */
  flush() {
    void this.#pump();
  }

  /** At the end: one more try, and the rest goes to the spool. */
  async finish() {
    this.#ended = true;
    clearTimeout(this.#retry);
    await settledWithin(this.#sending ?? this.#pump(), LAST_TRY_MS);
    await settledWithin(this.#overflowing, LAST_TRY_MS);
    const rest = this.#queue;
    if (rest.length > 0 && await this.daemon.spool(batchOf(rest), SPOOL_MS)) {
      this.#queue = this.#queue.filter(item => !rest.includes(item));
      this.log.note("stream.spooled", { events: rest.length });
    }
  }

  /** At a signal: everything that waits goes to the spool before the process ends. */
  spoolNow() {
    this.#ended = true;
    const rest = this.#queue.splice(0);
    if (rest.length > 0) this.daemon.spoolNow(batchOf(rest));
  }

  #pump() {
    if (this.#sending === null && performance.now() >= this.#unavailableUntil) {
      this.#sending = this.#sendAll()
        .catch(problem => this.#fail(problem))
        .finally(() => { this.#sending = null; });
    }
    return this.#sending ?? Promise.resolve();
  }

  async #sendAll() {
    await this.#preflight();
    while (this.#queue.length > 0) {
      const items = this.#next();
      const body = items.length === 1 ? items[0].event : batchOf(items);
      const reply = await this.daemon.send("POST", "/api/hooks/opencode", body, ANSWER_MS * (items.length > 1 ? 5 : 1),
        { "cairn-observed-at": String(items[0].event.time_ms) });
      if (reply.status >= 500 || reply.status === 429) throw Object.assign(new Error(), { code: `HTTP${reply.status}` });
      // What it refuses for good it would refuse again.
      if (reply.status >= 400) this.log.say("stream.refused", { status: reply.status, events: items.length });
      const accepted = new Set(items);
      this.#queue = this.#queue.filter(item => !accepted.has(item));
      items[0].answer?.(reply.json);
    }
  }

  // An event that waits for an answer goes alone; others that queued up go together.
  #next() {
    const items = [];
    let size = 0;
    for (const item of this.#queue) {
      if (items.length > 0 && (item.answer || items[0].answer || items.length >= this.settings.batch_events || size + item.size > LARGEST_BATCH)) break;
      items.push(item);
      size += item.size;
    }
    return items;
  }

  async #preflight() {
    if (performance.now() - this.#checkedAt < this.settings.status_check_ms) return;
    const reply = await this.daemon.send("GET", "/api/agents/opencode", undefined, ANSWER_MS);
    if (reply.status !== 200) throw Object.assign(new Error(), { code: `HTTP${reply.status}` });
    this.#checkedAt = performance.now();
    this.settings.apply(reply.json);
    if (!this.settings.stream) this.#queue = [];
    this.onReady(reply.json);
  }

  #fail(problem) {
    this.log.failed("stream", problem);
    for (const item of this.#queue) {
      item.answer?.(null);
      item.answer = null;
    }
    this.#checkedAt = -Infinity;
    this.#unavailableUntil = performance.now() + this.settings.backoff_ms;
    if (this.#ended) return;

    const isAbsent = ["ENOENT", "ECONNREFUSED", "FailedToOpenSocket"].includes(problem?.code);
    if (isAbsent && this.settings.start_daemon) {
      // Started and listening, it need not be waited for any longer.
      void this.daemon.start().then(() => { this.#unavailableUntil = 0; this.#again(0); });
    } else if (this.#queue.length > 0) {
      this.toasts.failure("Cairn can't be reached; what happens is kept and handed over later.");
    }
    this.#again(this.settings.backoff_ms + 1);
  }

  #again(milliseconds) {
    clearTimeout(this.#retry);
    if (this.#ended) return;
    this.#retry = setTimeout(() => void this.#pump(), milliseconds);
    this.#retry.unref?.();
  }

  #bound() {
    if (this.#queue.length <= this.settings.hard_maximum || this.#sending !== null) return;
    const oldest = this.#queue.splice(0, Math.ceil(this.#queue.length / 2));
    this.log.say("stream.overflow", { events: oldest.length });
    this.#overflowing = this.#overflowing.then(() => this.daemon.spool(batchOf(oldest), 10000));
  }
}

function batchOf(items) {
  return { hook_event_name: "batch", events: items.map(item => item.event) };
}

function settledWithin(promise, milliseconds) {
  let timer;
  const over = new Promise(resolve => { timer = setTimeout(resolve, milliseconds); });
  return Promise.race([promise, over]).finally(() => clearTimeout(timer));
}

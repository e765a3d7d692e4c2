// Short lines for the person. Where there is no screen to show them on, they are nothing.
const BETWEEN_FAILURES_MS = 60000;

export class Toasts {
  #lastFailure = -Infinity;

  constructor(client, log) {
    this.client = client;
    this.log = log;
  }

  show(message, variant = "info") {
    this.log.say("toast", { variant });
    Promise.resolve()
      .then(() => this.client?.tui?.showToast?.({ body: { title: "Cairn", message, variant } }))
      .catch(problem => this.log.failed("toast", problem));
  }

  /** At most one a minute. */
  failure(message) {
    const now = performance.now();
    if (now - this.#lastFailure < BETWEEN_FAILURES_MS) return;
    this.#lastFailure = now;
    this.show(message, "warning");
  }
}

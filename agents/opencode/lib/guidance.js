// What to say when the installed Cairn is older than it must be. Nothing waits for it.
export class Guidance {
  #checked = false;

  constructor({ settings, toasts, log }) {
    Object.assign(this, { settings, toasts, log });
  }

  /** Looks once, at the daemon's first answer. */
  check(reply) {
    if (this.#checked || !reply?.version) return;
    this.#checked = true;
    const required = this.settings.minimum_version;
    const policy = this.settings.update_policy;
    if (required === "") return;

    const current = parse(reply.version);
    const wanted = parse(required);
    const action = "Suggested action: install a newer release of Cairn with its own 'cairn install opencode', then restart OpenCode.";
    if (current === null || wanted === null) {
      this.#say(policy, `Cairn's compatibility check could not parse versions (cairn='${reply.version}', required='${required}'). ${action}`);
    } else if (isOlder(current, wanted)) {
      const older = `Cairn ${reply.version} is older than required ${required}.`;
      this.#say(policy, policy === "auto" ? `${older} Auto-update skipped: there is no update channel yet. ${action}` : `${older} ${action}`);
    }
  }

  #say(policy, message) {
    this.log.say("compat.version_mismatch", { required: this.settings.minimum_version, policy });
    if (policy !== "off") this.toasts.show(message, "warning");
  }
}

function parse(version) {
  const match = /^v?(\d+)\.(\d+)\.(\d+)$/.exec(version.trim());
  return match === null ? null : match.slice(1).map(Number);
}

function isOlder(current, wanted) {
  const place = current.findIndex((part, index) => part !== wanted[index]);
  return place >= 0 && current[place] < wanted[place];
}

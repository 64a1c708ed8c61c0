import { menuOf, sendEvent } from "./api.js";

/**
 * One person's chat with the bot, or a group's: the log so far, and a queue that sends one event after the other.
 * Fires "entry" (detail: the log entry) once for each n, in order; "restarted" when the platform began a new log.
 */
export class Conversation extends EventTarget {
  #sending = Promise.resolve();

  /** `person`: who speaks here, or the group, in which `by` is the id of who speaks just now. */
  constructor(person) {
    super();
    this.person = person;
    this.members = person.members;
    this.by = person.members?.[0];
    this.withBot = person.withBot ?? true;
    this.entries = [];
    this.last = 0;
    this.draft = "";
    this.blocked = Boolean(person.blocked);
    /** LINE's rich menu object under this chat, and whether it is unfolded. */
    this.menu = null;
    this.menuOpen = false;
  }

  /** Takes a log entry; one already seen (the stream was reopened) is ignored. */
  accept(entry) {
    if (entry.n <= this.last) {
      const known = this.entries[entry.n - this.entries[0].n];
      if (known && known.at !== entry.at) this.dispatchEvent(new Event("restarted"));
      return;
    }
    this.last = entry.n;
    this.entries.push(entry);
    if (entry.kind === "follow") this.blocked = false;
    if (entry.kind === "unfollow") this.blocked = true;
    if (entry.kind === "join") this.withBot = true;
    if (entry.kind === "leave") this.withBot = false;
    if (entry.kind === "memberJoined" && !this.members.includes(entry.by)) this.members.push(entry.by);
    if (entry.kind === "memberLeft") {
      this.members = this.members.filter((id) => id !== entry.by);
      if (this.by === entry.by) [this.by] = this.members;
    }
    this.dispatchEvent(new CustomEvent("entry", { detail: entry }));
  }

  /** Asks which rich menu this person is shown; a new one is unfolded if it says so. Fires "menu". */
  async readMenu() {
    const menu = await menuOf(this.person.id);
    if (menu?.richMenuId !== this.menu?.richMenuId) this.menuOpen = Boolean(menu?.selected);
    this.menu = menu;
    this.dispatchEvent(new Event("menu"));
  }

  /** Sends after everything sent before it has been answered, so that quick typing keeps its order. */
  send(event) {
    const by = this.by ? { by: this.by } : {};
    const sent = this.#sending.then(() => sendEvent(this.person.id, { ...by, ...event }));
    this.#sending = sent.catch(() => undefined);
    return sent;
  }
}

import { element } from "./element.js";
import { beginRow, entryRow, loadingRow, systemRow } from "./entry_row.js";
import * as dates from "./dates.js";

const NEAR_END = 120;
const HISTORY_QUIET = 400;

/**
 * The log of one conversation as a scrolled column. It follows the newest row unless the reader has scrolled up,
 * and is announced by screen readers once the history has been drawn.
 * `clock.now()` is the platform's time, by which the loading animation ends. `nameOf(id)` names who else is in a group.
 */
export class ChatLog {
  #rows = new Map();
  #day = "";
  #speaker = "";
  #loading;
  #loadingTimer;
  #quiet;
  #pinned = true;

  constructor(conversation, { tap, unsend, addFriend, clock, nameOf }) {
    this.conversation = conversation;
    this.nameOf = nameOf;
    this.tap = tap;
    this.unsend = unsend;
    this.clock = clock;
    this.column = element("div", { class: "log", role: "log", "aria-live": "off", tabindex: 0, "aria-label": `แชตของ${conversation.person.name} · chat log` });
    this.empty = conversation.members ? beginRow() : beginRow(addFriend);
    this.column.addEventListener("scroll", () => {
      this.#pinned = this.#atEnd();
    });
    // The keyboard, the quick replies or a window's edge take room away: the newest row stays in sight.
    new ResizeObserver(() => this.stayAtEnd()).observe(this.column);
    this.redraw();
    conversation.addEventListener("entry", ({ detail }) => this.#draw(detail));
    this.#announceWhenQuiet();
  }

  /** Draws all of it anew: in a group, when somebody else is to speak, whose own rows these then are. */
  redraw() {
    this.#stopLoading();
    this.#rows.clear();
    this.#day = "";
    this.#speaker = "";
    this.column.replaceChildren(this.empty);
    for (const entry of this.conversation.entries) this.#draw(entry);
  }

  /** Shows the newest row, and keeps showing it until the reader scrolls up. */
  toEnd() {
    this.#pinned = true;
    this.column.scrollTop = this.column.scrollHeight;
  }

  /** After the column's height has changed: the newest row in sight again, unless the reader has scrolled up. */
  stayAtEnd() {
    if (this.#pinned) this.toEnd();
  }

  #atEnd() {
    return this.column.scrollHeight - this.column.scrollTop - this.column.clientHeight < NEAR_END;
  }

  #announceWhenQuiet() {
    if (this.column.getAttribute("aria-live") === "polite") return;
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => this.column.setAttribute("aria-live", "polite"), HISTORY_QUIET);
  }

  #draw(entry) {
    if (entry.kind === "menu") return;
    const follows = this.#pinned || entry.from === "person";
    this.#announceWhenQuiet();
    this.empty.remove();
    if (entry.kind === "unsend") this.#takeBack(entry);
    else if (entry.kind === "loading") this.#load(entry);
    else this.#add(entry);
    if (follows) this.toEnd();
  }

  #add(entry) {
    if (entry.from === "bot") this.#stopLoading();
    const other = entry.by !== undefined && entry.by !== this.conversation.by;
    const row = entryRow(entry, this.tap, this.unsend, other ? this.nameOf(entry.by) : undefined);
    if (!row) return;
    this.#separateDays(new Date(entry.at));
    const system = row.classList.contains("system");
    row.classList.toggle("first", !system && this.#speaker !== (entry.by ?? entry.from));
    this.#speaker = system ? "" : (entry.by ?? entry.from);
    if (entry.message?.id) this.#rows.set(entry.message.id, row);
    this.column.append(row);
    if (this.#loading) this.column.append(this.#loading);
  }

  #separateDays(at) {
    const day = dates.day(at);
    if (day === this.#day) return;
    this.#day = day;
    this.#speaker = "";
    this.column.append(systemRow(day));
  }

  #takeBack({ messageId, by }) {
    const row = this.#rows.get(messageId);
    const own = by === this.conversation.by;
    const said = own ? systemRow("คุณยกเลิกข้อความนี้แล้ว", "You unsent this message") : systemRow(`${this.nameOf(by)} ยกเลิกข้อความนี้แล้ว`, "unsent");
    said.dataset.unsent = "";
    if (row) row.replaceWith(said);
    this.#rows.delete(messageId);
  }

  #load(entry) {
    this.#stopLoading();
    const left = new Date(entry.at).getTime() + (entry.seconds ?? 20) * 1000 - this.clock.now().getTime();
    if (left <= 0) return;
    this.#loading = loadingRow();
    this.column.append(this.#loading);
    this.#loadingTimer = setTimeout(() => this.#stopLoading(), left);
  }

  #stopLoading() {
    clearTimeout(this.#loadingTimer);
    this.#loading?.remove();
    this.#loading = undefined;
  }
}

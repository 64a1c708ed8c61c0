import { element } from "./element.js";
import { link, safeAddress } from "./links.js";

/** These leave LINE's buttons where they are, all other taps take them away. */
const STAYING = new Set(["camera", "cameraRoll", "location", "uri", "clipboard"]);
const SILENT = new Set(["loading", "unsend", "menu"]);

/** Whether an entry leaves nothing in the chat: a button without displayText is heard by the bot alone. */
const isSilent = (entry) => SILENT.has(entry.kind) || (entry.kind === "postback" && !entry.displayText);

/** The last entry of the log that counts as a message: quick replies are shown only under it. */
function lastSaid(entries) {
  return entries.findLast((entry) => !isSilent(entry));
}

/** The row of quick replies over the text field. */
export class QuickReplies {
  #tapped = new WeakMap();

  constructor(place, tap) {
    this.place = place;
    this.tap = tap;
    place.addEventListener("wheel", (event) => this.#roll(event), { passive: false });
  }

  /** Draws those of the conversation's last message; none on LINE for PC. */
  show(conversation, office) {
    const entry = lastSaid(conversation.entries);
    const items = entry?.from === "bot" && this.#tapped.get(conversation) !== entry.n ? (entry.message?.quickReply?.items ?? []) : [];
    const shown = office ? [] : items.filter((item) => item.action);
    this.place.replaceChildren(...shown.map(({ action }) => this.#pill(action, conversation, entry.n)));
    this.place.scrollLeft = 0;
    this.place.hidden = shown.length === 0;
  }

  #pill(action, conversation, n) {
    const label = action.label ?? "";
    const address = action.type === "uri" ? safeAddress(action.uri) : undefined;
    if (address) return link(address, { class: "quick", text: label });
    return element("button", {
      type: "button",
      class: "quick",
      text: label,
      onclick: () => {
        if (!STAYING.has(action.type)) {
          this.#tapped.set(conversation, n);
          this.place.replaceChildren();
          this.place.hidden = true;
        }
        this.tap(action);
      },
    });
  }

  /** A mouse has only its wheel to move a row sideways. */
  #roll(event) {
    if (event.deltaX !== 0 || this.place.scrollWidth <= this.place.clientWidth) return;
    this.place.scrollLeft += event.deltaY;
    event.preventDefault();
  }
}

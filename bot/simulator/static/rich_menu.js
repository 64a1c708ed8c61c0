import { menuPicture } from "./api.js";
import { element } from "./element.js";
import { link, safeAddress } from "./links.js";

/** The rich menu at the foot of the chat: its bar folds it, its areas are tapped. `tap(action)` is told of a tap. */
export class RichMenu {
  #conversation;
  #drawn = "";

  constructor(place, tap) {
    this.place = place;
    this.tap = tap;
    this.bar = place.querySelector(".rich-menu-bar");
    this.words = place.querySelector(".rich-menu-words");
    this.areas = place.querySelector(".rich-menu-areas");
    this.bar.addEventListener("click", () => this.unfold(!this.#conversation.menuOpen));
  }

  /** Draws the conversation's menu; none on LINE for PC, in a group, and for who blocked the bot. */
  show(conversation, office) {
    this.#conversation = conversation;
    const { menu } = conversation;
    this.place.hidden = office || conversation.blocked || !menu;
    if (this.place.hidden) return;
    this.words.textContent = menu.chatBarText;
    if (this.#drawn !== menu.richMenuId) this.#draw(menu);
    this.unfold(conversation.menuOpen);
  }

  unfold(open) {
    if (this.#conversation) this.#conversation.menuOpen = open;
    this.bar.setAttribute("aria-expanded", String(open));
    this.areas.hidden = !open;
  }

  #draw(menu) {
    this.#drawn = menu.richMenuId;
    const { width, height } = menu.size;
    this.areas.style.aspectRatio = `${width} / ${height}`;
    const picture = element("img", { class: "rich-menu-picture", src: menuPicture(menu.richMenuId), alt: "" });
    this.areas.replaceChildren(picture, ...menu.areas.map(({ bounds, action }) => this.#area(bounds, action, width, height)));
  }

  #area(bounds, action, width, height) {
    const name = action.label ?? action.displayText ?? action.text ?? "";
    const address = action.type === "uri" ? safeAddress(action.uri) : undefined;
    const area = address
      ? link(address, { class: "rich-menu-area", "aria-label": name })
      : element("button", { type: "button", class: "rich-menu-area", "aria-label": name, onclick: () => this.#tapped(action) });
    const share = (part, whole) => `${(100 * part) / whole}%`;
    Object.assign(area.style, {
      left: share(bounds.x, width),
      top: share(bounds.y, height),
      width: share(bounds.width, width),
      height: share(bounds.height, height),
    });
    return area;
  }

  #tapped(action) {
    if (action.inputOption === "closeRichMenu" || action.inputOption === "openKeyboard") this.unfold(false);
    this.tap(action);
  }
}

import { element } from "./element.js";

/** One tab a person, with a mark for what came while another tab was open. `choose(conversation)` is told of a change. */
export class Tabs {
  #tabs = new Map();

  constructor(list, choose) {
    this.list = list;
    this.choose = choose;
    list.addEventListener("keydown", (event) => this.#steer(event));
  }

  add(conversation) {
    const { id, name, note } = conversation.person;
    const mark = element("span", { class: "unread", hidden: true });
    const tab = element(
      "button",
      { type: "button", role: "tab", class: "tab", "data-person": id, "aria-selected": "false", "aria-controls": "chat", tabindex: -1, onclick: () => this.select(conversation) },
      element("span", { class: "tab-name", text: name }),
      element("span", { class: "tab-note", text: note ?? "" }),
      mark,
    );
    this.#tabs.set(conversation, { tab, mark, unread: 0 });
    this.list.append(tab);
  }

  select(conversation) {
    for (const [each, { tab }] of this.#tabs) {
      const selected = each === conversation;
      tab.setAttribute("aria-selected", String(selected));
      tab.tabIndex = selected ? 0 : -1;
      if (selected) {
        this.#mark(each, 0);
        this.#reveal(tab);
      }
    }
    this.choose(conversation);
  }

  /** Counts one more unread message of a person whose tab is not open. */
  unread(conversation) {
    this.#mark(conversation, this.#tabs.get(conversation).unread + 1);
  }

  #mark(conversation, count) {
    const kept = this.#tabs.get(conversation);
    kept.unread = count;
    kept.mark.hidden = count === 0;
    kept.mark.textContent = count > 99 ? "99+" : String(count);
    kept.mark.setAttribute("aria-label", `ยังไม่อ่าน ${count} · unread`);
  }

  #reveal(tab) {
    const before = tab.offsetLeft - this.list.offsetLeft;
    this.list.scrollTo({ left: before - (this.list.clientWidth - tab.offsetWidth) / 2 });
  }

  #steer(event) {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const order = [...this.#tabs.keys()];
    const at = order.findIndex((each) => this.#tabs.get(each).tab === document.activeElement);
    const next = order[(at + step + order.length) % order.length];
    this.select(next);
    this.#tabs.get(next).tab.focus();
  }
}

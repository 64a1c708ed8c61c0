import { attachments } from "./attachments.js";
import { icon } from "./icons.js";

/** The text field with its "+" and its send button. `send(event)` returns a promise; a text that failed comes back. */
export class Composer {
  constructor(form, send) {
    this.form = form;
    this.field = form.querySelector("textarea");
    this.button = form.querySelector(".send");
    this.button.append(icon("send"));
    this.send = send;
    // What is attached has no draft to come back to; the notice has said that it failed.
    attachments(form.querySelector(".plus"), form.querySelector(".attachments"), (event) => send(event).catch(() => undefined));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.field.addEventListener("input", () => this.#fit());
    this.field.addEventListener("keydown", (event) => {
      // On a phone Enter makes a new line, as in LINE; a key that finishes a composed word sends nothing.
      const phone = matchMedia("(pointer: coarse)").matches;
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || phone) return;
      event.preventDefault();
      this.#submit();
    });
    this.#fit();
  }

  get text() {
    return this.field.value;
  }

  /** Puts a text into the field, the cursor behind it. */
  fill(text, focus = false) {
    this.field.value = text;
    this.#fit();
    if (!focus) return;
    this.field.focus();
    this.field.setSelectionRange(text.length, text.length);
  }

  /** Puts a text where the cursor is. */
  insert(text) {
    this.field.setRangeText(text, this.field.selectionStart, this.field.selectionEnd, "end");
    this.#fit();
    this.field.focus();
  }

  disable(off) {
    for (const control of this.form.elements) control.disabled = off;
    if (!off) this.#fit();
  }

  async #submit() {
    const text = this.text.trim();
    if (text === "") return;
    this.fill("", true);
    try {
      await this.send({ type: "message", text });
    } catch {
      if (this.text === "") this.fill(text);
    }
  }

  #fit() {
    this.button.disabled = this.text.trim() === "";
    this.field.style.height = "auto";
    const { scrollHeight, offsetHeight, clientHeight } = this.field;
    if (scrollHeight > 0) this.field.style.height = `${scrollHeight + offsetHeight - clientHeight}px`;
  }
}

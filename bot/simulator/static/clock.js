import * as api from "./api.js";
import * as dates from "./dates.js";
import { notice } from "./notice.js";

const RESYNC = 15_000;

/** The platform's time, ticking on this page between two readings of it, and the controls that move it. */
export class Clock {
  #ahead = 0;

  constructor(panel) {
    this.face = panel.querySelector(".clock-face");
    this.dayField = panel.querySelector("input[type=date]");
    this.timeField = panel.querySelector("input[type=time]");
    for (const button of panel.querySelectorAll("[data-forward]")) {
      button.addEventListener("click", () => this.#move({ forward_seconds: Number(button.dataset.forward) }));
    }
    panel.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.dayField.value) this.#move({ now: `${this.dayField.value}T${this.timeField.value || "09:00"}:00+07:00` });
    });
    setInterval(() => this.#tick(), 1000);
    setInterval(() => this.read().catch(() => undefined), RESYNC);
  }

  now() {
    return new Date(Date.now() + this.#ahead);
  }

  async read() {
    this.#take(await api.clock());
  }

  async #move(change) {
    try {
      await api.moveClock(change);
      await this.read();
      this.dayField.value = dates.fieldDay(this.now());
    } catch (failure) {
      notice(failure.message);
    }
  }

  #take({ now }) {
    this.#ahead = new Date(now).getTime() - Date.now();
    if (!this.dayField.value) this.dayField.value = dates.fieldDay(this.now());
    this.#tick();
  }

  #tick() {
    const now = this.now();
    this.face.dateTime = now.toISOString();
    this.face.textContent = `${dates.day(now)} · ${dates.ticking(now)}`;
  }
}

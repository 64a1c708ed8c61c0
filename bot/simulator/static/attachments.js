import { bilingual, element } from "./element.js";
import { icon } from "./icons.js";

const KINDS = [
  ["sticker", "สติกเกอร์", "Sticker"],
  ["image", "รูปภาพ", "Photo"],
  ["video", "วิดีโอ", "Video"],
  ["audio", "เสียง", "Voice"],
  ["file", "ไฟล์", "File"],
  ["location", "ตำแหน่ง", "Location"],
];

/** The panel behind the "+": sends one of LINE's other message types, without asking for a real file. */
export function attachments(toggle, panel, send) {
  const show = (open) => {
    panel.hidden = !open;
    toggle.setAttribute("aria-expanded", String(open));
  };
  const choose = (type) => {
    show(false);
    toggle.focus();
    send({ type });
  };
  panel.replaceChildren(
    ...KINDS.map(([type, thai, english]) =>
      element("button", { type: "button", class: "attachment", "data-type": type, onclick: () => choose(type) }, icon(type), bilingual(thai, english)),
    ),
  );
  toggle.append(icon("plus"));
  toggle.addEventListener("click", () => {
    show(panel.hidden);
    if (!panel.hidden) panel.querySelector("button").focus();
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    show(false);
    toggle.focus();
  });
}

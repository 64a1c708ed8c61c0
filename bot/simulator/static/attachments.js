import { upload } from "./api.js";
import { bilingual, element } from "./element.js";
import { icon } from "./icons.js";
import { notice } from "./notice.js";

const KINDS = [
  ["sticker", "สติกเกอร์", "Sticker"],
  ["image", "รูปตัวอย่าง", "Sample photo"],
  ["video", "วิดีโอ", "Video"],
  ["audio", "เสียง", "Voice"],
  ["file", "ไฟล์", "File"],
  ["location", "ตำแหน่ง", "Location"],
];

const MOST_PICTURES = 20;

/** The button that opens the album: pictures chosen together are sent together. */
function album(choosePictures) {
  const field = element("input", { type: "file", accept: "image/*", multiple: true, class: "album-field", tabindex: -1, "aria-hidden": "true" });
  field.addEventListener("change", () => {
    const files = [...field.files];
    field.value = "";
    if (files.length > 0) choosePictures(files);
  });
  return [
    element("button", { type: "button", class: "attachment", "data-type": "album", onclick: () => field.click() }, icon("image"), bilingual("เลือกรูป", "Choose photos")),
    field,
  ];
}

/** The panel behind the "+": real pictures, or one of LINE's other message types without asking for a file. */
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
  const choosePictures = async (files) => {
    show(false);
    toggle.focus();
    if (files.length > MOST_PICTURES) {
      notice(`ส่งได้ครั้งละ ${MOST_PICTURES} รูป · ${MOST_PICTURES} photos at a time`);
      return;
    }
    try {
      const uploads = [];
      for (const file of files) uploads.push(await upload(file));
      await send({ type: "image", uploads });
    } catch (failure) {
      notice(failure.message);
    }
  };
  panel.replaceChildren(
    ...album(choosePictures),
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

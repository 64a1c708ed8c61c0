import { pictureAddress } from "./api.js";
import { element } from "./element.js";
import { flex } from "./flex.js";
import { icon } from "./icons.js";
import { linked } from "./links.js";
import { template } from "./template.js";

const MEDIA = {
  sticker: ["สติกเกอร์", "Sticker"],
  image: ["รูปภาพ", "Photo"],
  video: ["วิดีโอ", "Video"],
  audio: ["ข้อความเสียง", "Voice message"],
  file: ["ไฟล์", "File"],
  location: ["ตำแหน่งที่ตั้ง", "Location"],
  imagemap: ["ภาพแบบแตะได้", "Imagemap"],
};

function media(message) {
  const [thai, english] = MEDIA[message.type] ?? ["ข้อความชนิดอื่น", message.type ?? "unknown"];
  const detail = message.fileName ?? message.title ?? message.altText ?? message.address;
  return element(
    "div",
    { class: `words media media-${MEDIA[message.type] ? message.type : "other"}` },
    icon(message.type === "imagemap" ? "image" : message.type),
    element(
      "span",
      { class: "media-words" },
      element("span", { text: thai }),
      element("span", { class: "english", lang: "en", text: english }),
      detail ? element("span", { class: "media-detail", text: detail }) : undefined,
    ),
  );
}

/** A photo that a person sent; one that the simulator has forgotten is named instead of shown. */
function photo(message) {
  const picture = element("img", { class: "photo", src: pictureAddress(message.id), alt: "รูปภาพ · photo" });
  const place = element("div", { class: "words media media-image" }, picture);
  picture.addEventListener("error", () => place.replaceWith(media(message)));
  return place;
}

/** What a message looks like in its bubble; `tap(action)` is told of taps in it. */
export function messageContent(message, tap) {
  if (message.type === "text" || message.type === "textV2") return element("div", { class: "words" }, ...linked(message.text ?? ""));
  if (message.type === "flex") return flex(message, tap);
  if (message.type === "template") return template(message, tap);
  return message.type === "image" && message.contentProvider ? photo(message) : media(message);
}

/** Cards stand without a speech bubble around them and have their time below. */
export const isCard = (message) => message.type === "flex" || message.type === "template";

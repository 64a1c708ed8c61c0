import { actionable } from "./actionable.js";
import { element } from "./element.js";
import { icon } from "./icons.js";

const row = (action, tap) =>
  actionable("button", action, tap, { class: "template-action" }, element("span", { text: action.label ?? "" }));

function card(column, tap, side = false) {
  const picture = column.thumbnailImageUrl ?? column.imageUrl;
  return element(
    "div",
    { class: "template-card" },
    picture ? element("div", { class: "template-image", role: "img", "aria-label": "รูปภาพ" }, icon("image")) : undefined,
    element(
      "div",
      { class: "template-words" },
      column.title ? element("strong", { text: column.title }) : undefined,
      column.text ? element("p", { text: column.text }) : undefined,
    ),
    element(
      "div",
      { class: `template-actions ${side ? "side" : ""}` },
      ...(column.actions ?? (column.action ? [column.action] : [])).map((action) => row(action, tap)),
    ),
  );
}

/** Buttons, confirm and the two carousels of LINE's template messages. */
export function template(message, tap) {
  const shape = message.template ?? {};
  if (!Array.isArray(shape.columns)) return card(shape, tap, shape.type === "confirm");
  const cards = shape.columns.map((column) => card(column, tap));
  return element("div", { class: "carousel", role: "group", tabindex: 0, "aria-label": message.altText ?? "การ์ด" }, ...cards);
}

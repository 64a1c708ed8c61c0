import { actionable } from "./actionable.js";
import { element } from "./element.js";
import { icon } from "./icons.js";
import { IMAGE_SIZE, TEXT_SIZE, color, length, oneOf, ratio, style } from "./flex_values.js";

const ALIGN = { start: "start", center: "center", end: "end" };
const DECORATION = { none: "none", underline: "underline", "line-through": "line-through" };

/** With `scaling` a text follows the reader's own font size, as LINE's does. */
function fontSize(component) {
  const size = length(component.size ?? "md", TEXT_SIZE);
  if (!component.scaling || !size?.endsWith("px")) return size;
  return `${Number.parseFloat(size) / 16}rem`;
}

function letters(node, component) {
  return style(node, {
    fontSize: component.size || node.tagName !== "SPAN" ? fontSize(component) : undefined,
    fontWeight: oneOf(component.weight, { regular: 400, bold: 700 }),
    fontStyle: oneOf(component.style, { normal: "normal", italic: "italic" }),
    color: color(component.color),
    textDecoration: oneOf(component.decoration, DECORATION),
  });
}

export function text(component, tap) {
  const spans = (component.contents ?? [])
    .filter((part) => part.type === "span")
    .map((part) => letters(element("span", { text: part.text ?? "" }), part));
  const content = spans.length > 0 ? spans : [component.text ?? ""];
  const node = actionable("div", component.action, tap, { class: "flex-text" }, ...content);
  node.classList.toggle("wrap", Boolean(component.wrap));
  letters(node, component);
  style(node, {
    textAlign: oneOf(component.align, ALIGN),
    paddingBlock: length(component.lineSpacing) ? `calc(${length(component.lineSpacing)} / 2)` : undefined,
  });
  const lines = Number(component.maxLines);
  if (component.wrap && Number.isInteger(lines) && lines > 0) {
    node.classList.add("clamped");
    style(node, { webkitLineClamp: lines });
  }
  return node;
}

export function button(component, tap) {
  const action = component.action ?? {};
  const kind = oneOf(component.style, { primary: "primary", secondary: "secondary" }) ?? "link";
  const small = component.height === "sm" ? "small" : "";
  const label = action.label ?? "";
  const node = actionable(
    "button",
    action,
    tap,
    { class: `flex-button ${kind} ${small}`, title: label },
    element("span", { class: "flex-button-label", text: label }),
  );
  const chosen = color(component.color);
  return style(node, kind === "link" ? { color: chosen } : { backgroundColor: chosen });
}

/** Pictures live on other servers, which this page may not load from: a grey field of the right shape stands for them. */
export function image(component, tap) {
  const node = actionable(
    "div",
    component.action,
    tap,
    { class: "flex-image", role: component.action ? undefined : "img", "aria-label": component.action?.label ?? "รูปภาพ" },
    icon(component.type === "video" ? "video" : "image"),
  );
  return style(node, {
    width: length(component.size ?? "md", IMAGE_SIZE),
    aspectRatio: ratio(component.aspectRatio),
    backgroundColor: color(component.backgroundColor),
    alignSelf: oneOf(component.align, { start: "flex-start", center: "center", end: "flex-end" }) ?? "center",
  });
}

export function iconPart(component) {
  const node = element("span", { class: "flex-icon", "aria-hidden": "true" });
  return style(node, { fontSize: length(component.size ?? "md", TEXT_SIZE) });
}

export function separator(component) {
  return style(element("div", { class: "flex-separator", role: "presentation" }), { backgroundColor: color(component.color) });
}

export const filler = () => element("div", { class: "flex-filler" });

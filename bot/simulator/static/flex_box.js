import { actionable } from "./actionable.js";
import { BORDER, SPACE, color, length, oneOf, style } from "./flex_values.js";
import { button, filler, iconPart, image, separator, text } from "./flex_parts.js";

const PARTS = { text, button, image, video: image, icon: iconPart, separator, filler, box };
const JUSTIFY = {
  "flex-start": "flex-start", center: "center", "flex-end": "flex-end",
  "space-between": "space-between", "space-around": "space-around", "space-evenly": "space-evenly",
};
const ITEMS = { "flex-start": "flex-start", center: "center", "flex-end": "flex-end" };
const GRAVITY = { top: "flex-start", center: "center", bottom: "flex-end" };
const FIXED = new Set(["separator", "icon", "filler"]);

/** A child's share of its parent: in a row every child has 1 unless told otherwise, in a column none. */
function share(component, across) {
  if (component.type === "filler") return component.flex === undefined ? "1 1 0" : `${Number(component.flex)} 1 0`;
  if (FIXED.has(component.type)) return "none";
  const told = Number.isInteger(component.flex) ? component.flex : undefined;
  const parts = told ?? (across && component.width === undefined ? 1 : 0);
  if (parts <= 0) return "none";
  return across ? `${parts} 1 0` : `${parts} 0 auto`;
}

function place(node, component, parent, first) {
  const across = parent.layout !== "vertical";
  const before = first ? undefined : length(component.margin ?? parent.spacing, SPACE);
  style(node, {
    flex: share(component, across),
    [across ? "marginLeft" : "marginTop"]: before,
    alignSelf: across && component.gravity ? oneOf(component.gravity, GRAVITY) : undefined,
  });
  if (component.position === "absolute") node.classList.add("flex-absolute");
  else if (["offsetTop", "offsetBottom", "offsetStart", "offsetEnd"].some((side) => component[side])) node.classList.add("flex-offset");
  return style(node, {
    top: length(component.offsetTop, SPACE),
    bottom: length(component.offsetBottom, SPACE),
    left: length(component.offsetStart, SPACE),
    right: length(component.offsetEnd, SPACE),
  });
}

/** A Flex box with everything in it; components LINE does not know are left out, as LINE's clients do. */
export function box(component, tap) {
  const layout = oneOf(component.layout, { horizontal: "horizontal", baseline: "baseline", vertical: "vertical" }) ?? "vertical";
  const children = (component.contents ?? [])
    .filter((child) => Object.hasOwn(PARTS, child.type))
    .map((child, index) => place(PARTS[child.type](child, tap), child, { ...component, layout }, index === 0));
  const node = actionable("div", component.action, tap, { class: "flex-box" }, ...children);
  node.classList.add(layout);
  const border = length(component.borderWidth, BORDER);
  return style(node, {
    backgroundColor: color(component.backgroundColor),
    borderRadius: length(component.cornerRadius, SPACE),
    borderWidth: border,
    borderStyle: border ? "solid" : undefined,
    borderColor: color(component.borderColor),
    width: length(component.width),
    maxWidth: length(component.maxWidth),
    height: length(component.height),
    maxHeight: length(component.maxHeight),
    padding: length(component.paddingAll, SPACE),
    paddingTop: length(component.paddingTop, SPACE),
    paddingBottom: length(component.paddingBottom, SPACE),
    paddingLeft: length(component.paddingStart, SPACE),
    paddingRight: length(component.paddingEnd, SPACE),
    justifyContent: oneOf(component.justifyContent, JUSTIFY),
    alignItems: oneOf(component.alignItems, ITEMS),
  });
}

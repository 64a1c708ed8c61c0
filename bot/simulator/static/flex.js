import { actionable } from "./actionable.js";
import { box } from "./flex_box.js";
import { image } from "./flex_parts.js";
import { BUBBLE_WIDTH, color, length, style } from "./flex_values.js";
import { element } from "./element.js";

const BLOCKS = ["header", "hero", "body", "footer"];

/** The block's own look; a colour or padding of the box itself stays above it. */
function block(name, component, looks, tap) {
  const node = component.type === "box" ? box(component, tap) : image(component, tap);
  node.classList.add("flex-block", `flex-${name}`);
  node.classList.toggle("separated", Boolean(looks?.separator));
  return style(node, {
    backgroundColor: color(component.backgroundColor) ?? color(looks?.backgroundColor),
    borderTopColor: looks?.separator ? color(looks.separatorColor) : undefined,
  });
}

function bubble(component, tap) {
  const blocks = BLOCKS.filter((name) => component[name]).map((name) => block(name, component[name], component.styles?.[name], tap));
  const node = actionable("div", component.action, tap, { class: "flex-bubble" }, ...blocks);
  return style(node, { width: length(component.size ?? "mega", BUBBLE_WIDTH) });
}

/** A Flex message: one bubble, or a carousel that is swiped or scrolled with the arrow keys. */
export function flex(message, tap) {
  const contents = message.contents ?? {};
  if (contents.type !== "carousel") return bubble(contents, tap);
  const bubbles = (contents.contents ?? []).map((each) => bubble(each, tap));
  return element("div", { class: "carousel", role: "group", tabindex: 0, "aria-label": message.altText ?? "การ์ด" }, ...bubbles);
}

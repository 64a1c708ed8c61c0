import { element } from "./element.js";
import { link, safeAddress } from "./links.js";

/**
 * A node that performs a LINE action when tapped: a link for an address, else the tag given with a button's manners.
 * `tap(action)` is told of every other action. Without an action it is the plain tag.
 */
export function actionable(tag, action, tap, properties = {}, ...children) {
  if (!action) return element(tag === "button" ? "span" : tag, properties, ...children);
  const label = properties["aria-label"] ?? (children.length === 0 ? undefined : action.label);
  const named = { ...properties, "aria-label": tag === "button" ? properties["aria-label"] : label };
  if (action.type === "uri") {
    const address = safeAddress(action.uri);
    if (address) return link(address, { ...named, onclick: (event) => event.stopPropagation() }, ...children);
  }
  const performed = (event) => {
    event.stopPropagation();
    tap(action);
  };
  if (tag === "button") return element("button", { type: "button", ...named, onclick: performed }, ...children);
  return element(
    tag,
    {
      ...named,
      class: `${properties.class ?? ""} tappable`,
      role: "button",
      tabindex: 0,
      onclick: performed,
      onkeydown: (event) => {
        if (event.target !== event.currentTarget || (event.key !== "Enter" && event.key !== " ")) return;
        event.preventDefault();
        performed(event);
      },
    },
    ...children,
  );
}

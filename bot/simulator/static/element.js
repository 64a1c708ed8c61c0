/**
 * The one way this page makes nodes: text goes in as text, never as markup.
 * Properties are attributes, except `text` (textContent) and `on…` (an event listener).
 */
export function element(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "text") node.textContent = value;
    else if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== undefined && child !== null));
  return node;
}

/** Thai with its English small beside it. */
export function bilingual(thai, english) {
  return element(
    "span",
    { class: "bilingual" },
    element("span", { text: thai }),
    element("span", { class: "english", lang: "en", text: english }),
  );
}

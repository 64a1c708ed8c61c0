import { element } from "./element.js";

const SCHEMES = new Set(["http:", "https:", "tel:", "line:"]);
const ADDRESS = /https?:\/\/[^\s<>"'“”「」]+/gu;
const TRAILING = /[.,;:!?)\]]+$/u;

/** The address, if LINE would open it; undefined for javascript:, data: and anything unreadable. */
export function safeAddress(address) {
  try {
    const parsed = new URL(address);
    return SCHEMES.has(parsed.protocol) ? parsed.href : undefined;
  } catch {
    return undefined;
  }
}

export function link(address, properties = {}, ...children) {
  return element("a", { href: address, target: "_blank", rel: "noopener noreferrer", ...properties }, ...children);
}

/** Text with its addresses as links; newlines are kept by the style sheet. */
export function linked(text) {
  const nodes = [];
  let from = 0;
  for (const found of text.matchAll(ADDRESS)) {
    const shown = found[0].replace(TRAILING, "");
    const address = safeAddress(shown);
    if (!address) continue;
    nodes.push(text.slice(from, found.index), link(address, { text: shown }));
    from = found.index + shown.length;
  }
  nodes.push(text.slice(from));
  return nodes;
}

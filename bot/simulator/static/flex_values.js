/** Flex's keywords and the few shapes of value that may reach a style; anything else is left out. */
export const TEXT_SIZE = { xxs: 11, xs: 13, sm: 14, md: 16, lg: 19, xl: 22, xxl: 29, "3xl": 35, "4xl": 48, "5xl": 74 };
export const IMAGE_SIZE = {
  xxs: 40, xs: 60, sm: 80, md: 100, lg: 120, xl: 140, xxl: 160, "3xl": 180, "4xl": 200, "5xl": 220, full: "100%",
};
export const SPACE = { none: 0, xs: 2, sm: 4, md: 8, lg: 12, xl: 16, xxl: 20 };
export const BORDER = { none: 0, light: 0.5, normal: 1, medium: 2, "semi-bold": 3, bold: 4 };
export const BUBBLE_WIDTH = { nano: 120, micro: 160, deca: 220, hecto: 241, kilo: 260, mega: 300, giga: 386 };

const COLOR = /^#(?:[0-9a-f]{6}|[0-9a-f]{8})$/iu;
const LENGTH = /^\d{1,4}(?:\.\d{1,3})?(?:px|%)$/u;
const RATIO = /^(\d{1,6}(?:\.\d{1,3})?):(\d{1,6}(?:\.\d{1,3})?)$/u;

/** "#RRGGBB" or "#RRGGBBAA", else undefined. */
export const color = (value) => (COLOR.test(value ?? "") ? value : undefined);

/** A keyword of the scale, pixels or a percentage, else undefined. */
export function length(value, scale = {}) {
  if (Object.hasOwn(scale, value ?? "")) return typeof scale[value] === "number" ? `${scale[value]}px` : scale[value];
  return LENGTH.test(value ?? "") ? value : undefined;
}

/** "20:13" as "20 / 13", else LINE's default, a square. */
export function ratio(value) {
  const found = RATIO.exec(value ?? "");
  return found ? `${found[1]} / ${found[2]}` : "1 / 1";
}

/** Sets those of the styles that have a value. Through CSSOM, which a policy without inline styles allows. */
export function style(node, styles) {
  for (const [name, value] of Object.entries(styles)) if (value !== undefined) node.style[name] = String(value);
  return node;
}

/** One of the words allowed, mapped to CSS; else undefined. */
export const oneOf = (value, words) => (Object.hasOwn(words, value ?? "") ? words[value] : undefined);

/** Dates as Thai offices write them: Buddhist era, Bangkok, Arabic digits. */
const ZONE = "Asia/Bangkok";
const LOCALE = "th-TH-u-ca-buddhist-nu-latn";

const clockFace = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const seconds = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
const dayFormat = new Intl.DateTimeFormat(LOCALE, { timeZone: ZONE, weekday: "short", day: "numeric", month: "short", year: "numeric" });
const isoDay = new Intl.DateTimeFormat("sv-SE", { timeZone: ZONE });

/** "14.32 น." */
export const time = (at) => `${clockFace.format(at).replace(":", ".")} น.`;

/** "14.32.07 น." */
export const ticking = (at) => `${seconds.format(at).replaceAll(":", ".")} น.`;

/** "อ. 5 ม.ค. 2570" */
export function day(at) {
  const parts = Object.fromEntries(dayFormat.formatToParts(at).map((part) => [part.type, part.value]));
  return `${parts.weekday} ${parts.day} ${parts.month} ${parts.year}`;
}

/** "2027-01-05", the day in Bangkok, as a date field wants it. */
export const fieldDay = (at) => isoDay.format(at);

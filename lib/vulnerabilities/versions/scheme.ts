/** How an ecosystem orders its versions. */
export interface VersionScheme {
  /** `undefined` when the text is no version here: it cannot be compared, which is never the same as unaffected. */
  parse(text: string): ParsedVersion | undefined;
  /** Negative when `a` is the older one. Only for what the same scheme parsed. */
  compare(a: ParsedVersion, b: ParsedVersion): number;
}

/** What a scheme made of a text; nobody else looks inside. */
export interface ParsedVersion {
  readonly text: string;
}

/** A scheme of which only its own functions know the inside. */
export const defineScheme = <T extends object>(read: (text: string) => T | undefined, order: (a: T, b: T) => number): VersionScheme => ({
  parse: (text) => {
    // longer ones exist only to cost time
    const inside = text.length > 0 && text.length <= 256 ? read(text) : undefined;
    return inside && { ...inside, text };
  },
  compare: (a, b) => order(a as T & ParsedVersion, b as T & ParsedVersion),
});

export const order = <T extends number | bigint | string>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);

/** Digits of any length by their value. */
export const orderDigits = (a: string, b: string): number => {
  const [left, right] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')];
  return order(left.length, right.length) || order(left, right);
};

/** Element by element; a missing one is what `missing` says. */
export const orderLists = <T>(a: readonly T[], b: readonly T[], missing: T, compare: (a: T, b: T) => number): number => {
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const first = compare(a[at] ?? missing, b[at] ?? missing);
    if (first !== 0) return first;
  }
  return 0;
};

const units: Readonly<Record<string, number>> = { ns: 1e-9, us: 1e-6, µs: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 };

/** Seconds of a duration as Go writes it (`4h0m0s`, `1.5h`, `0`); `undefined` when the text is none. */
export const readDuration = (text: string): number | undefined => {
  if (/^[+-]?0$/.test(text)) return 0;
  const [, sign, rest] = /^([+-]?)((?:\d+(?:\.\d*)?(?:ns|us|µs|ms|s|m|h))+)$/.exec(text) ?? [];
  if (rest === undefined) return undefined;
  const parts = [...rest.matchAll(/(\d+(?:\.\d*)?)(ns|us|µs|ms|s|m|h)/g)];
  const seconds = parts.reduce((sum, [, number, unit]) => sum + Number(number) * (units[unit ?? ''] ?? 0), 0);
  return sign === '-' ? -seconds : seconds;
};

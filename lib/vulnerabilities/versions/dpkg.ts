import { defineScheme, order, orderDigits } from './scheme.ts';

interface Dpkg {
  readonly epoch: number;
  readonly upstream: string;
  readonly revision: string;
}

/** deb-version(7): `~` before everything, even the end; then the end; then letters; then the rest. */
const weight = (char: string | undefined): number => {
  if (char === '~') return -1;
  if (char === undefined || /\d/.test(char)) return 0;
  const code = char.charCodeAt(0);
  return /[A-Za-z]/.test(char) ? code : code + 256;
};

const orderText = (a: string, b: string): number => {
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const first = weight(a[at]) - weight(b[at]);
    if (first !== 0) return first;
  }
  return 0;
};

/** Text and digits in turns, beginning with text. */
const parts = (text: string): readonly string[] => text.split(/(\d+)/);

const orderPart = (a: string, b: string): number => {
  const [left, right] = [parts(a), parts(b)];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const [one, other] = [left[at] ?? '', right[at] ?? ''];
    const first = at % 2 === 0 ? orderText(one, other) : orderDigits(one, other);
    if (first !== 0) return first;
  }
  return 0;
};

const shape = /^(?:(\d{1,9}):)?([0-9A-Za-z.+~:-]+?)(?:-([0-9A-Za-z+.~]+))?$/;

/** Debian and Ubuntu: `[epoch:]upstream-version[-revision]`, deb-version(7). */
export const dpkg = defineScheme<Dpkg>(
  (text) => {
    const [, epoch, upstream, revision] = shape.exec(text) ?? [];
    // a digit first, and no empty revision
    return upstream === undefined || !/^\d/.test(upstream) || text.endsWith('-')
      ? undefined
      : { epoch: Number(epoch ?? 0), upstream, revision: revision ?? '0' };
  },
  (a, b) => order(a.epoch, b.epoch) || orderPart(a.upstream, b.upstream) || orderPart(a.revision, b.revision),
);

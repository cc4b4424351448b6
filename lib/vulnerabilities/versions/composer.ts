import { defineScheme, order, orderDigits, orderLists } from './scheme.ts';

interface Composer {
  readonly numbers: readonly string[];
  readonly stability: number;
  readonly count: readonly string[];
}

const stabilities = ['dev', 'alpha', 'beta', 'rc', 'stable', 'patch'];
const names: Readonly<Record<string, string>> = { a: 'alpha', b: 'beta', p: 'patch', pl: 'patch' };

const shape = /^v?(\d+(?:\.\d+)*)(?:[._-]?(stable|beta|b|rc|alpha|a|patch|pl|p)((?:[.-]?\d+)*))?([.-]?dev)?(?:\+\S*)?$/;

/** Packagist: the order of Composer; branches (`dev-main`) are no versions. */
export const composer = defineScheme<Composer>(
  (text) => {
    const [, numbers, word = 'stable', count = '', dev] = shape.exec(text.trim().toLowerCase()) ?? [];
    if (numbers === undefined) return undefined;
    const stability = stabilities.indexOf(dev === undefined ? (names[word] ?? word) : 'dev');
    return { numbers: numbers.split('.'), stability, count: count.match(/\d+/g) ?? [] };
  },
  (a, b) =>
    orderLists(a.numbers, b.numbers, '0', orderDigits) || order(a.stability, b.stability) || orderLists(a.count, b.count, '0', orderDigits),
);

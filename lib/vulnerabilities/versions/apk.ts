import { defineScheme, order, orderDigits } from './scheme.ts';

/** Kinds of parts in the order in which a version continues: where one version ends or goes on with a later kind, it is the older one. */
const kinds = ['digits', 'letter', 'suffix', 'hash', 'revision', 'end'] as const;

interface Part {
  readonly kind: (typeof kinds)[number];
  readonly text: string;
  /** Of a suffix. */
  readonly number?: string;
}

const suffixes = ['alpha', 'beta', 'pre', 'rc', '', 'cvs', 'svn', 'git', 'hg', 'p'];
const released = suffixes.indexOf('');

const shape = /^(\d+(?:\.\d+)*)([a-z])?((?:_(?:alpha|beta|pre|rc|cvs|svn|git|hg|p)\d*)*)(~[0-9a-f]+)?(?:-r(\d+))?$/;
const end: Part = { kind: 'end', text: '' };

const partsOf = (text: string): readonly Part[] | undefined => {
  const [, digits, letter, tail, hash, revision] = shape.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const named = [...(tail ?? '').matchAll(/_([a-z]+)(\d*)/g)];
  return [
    ...digits.split('.').map((one): Part => ({ kind: 'digits', text: one })),
    ...(letter === undefined ? [] : [{ kind: 'letter', text: letter } as const]),
    ...named.map(([, name, number]): Part => ({ kind: 'suffix', text: name ?? '', number: number || '0' })),
    ...(hash === undefined ? [] : [{ kind: 'hash', text: hash } as const]),
    ...(revision === undefined ? [] : [{ kind: 'revision', text: revision } as const]),
  ];
};

const orderSame = (a: Part, b: Part, isFirst: boolean): number => {
  if (a.kind === 'suffix')
    return order(suffixes.indexOf(a.text), suffixes.indexOf(b.text)) || orderDigits(a.number ?? '0', b.number ?? '0');
  if (a.kind === 'revision') return orderDigits(a.text, b.text);
  // as Gentoo does: after the first, digits with a leading zero are a fraction
  const isFraction = a.kind !== 'digits' || (!isFirst && (a.text.startsWith('0') || b.text.startsWith('0')));
  return isFraction ? order(a.text, b.text) : orderDigits(a.text, b.text);
};

const isPreRelease = ({ kind, text }: Part): boolean => kind === 'suffix' && suffixes.indexOf(text) < released;

/** Alpine, Wolfi and Chainguard: `1.2.3a_rc1-r4`, the grammar of apk-tools. */
export const apk = defineScheme<{ readonly parts: readonly Part[] }>(
  (text) => {
    const parts = partsOf(text);
    return parts && { parts };
  },
  (a, b) => {
    for (let at = 0; at < Math.max(a.parts.length, b.parts.length); at += 1) {
      const [one, other] = [a.parts[at] ?? end, b.parts[at] ?? end];
      if (one.kind !== other.kind) {
        if (isPreRelease(one)) return -1;
        if (isPreRelease(other)) return 1;
        return order(kinds.indexOf(other.kind), kinds.indexOf(one.kind));
      }
      const first = orderSame(one, other, at === 0);
      if (first !== 0) return first;
    }
    return 0;
  },
);

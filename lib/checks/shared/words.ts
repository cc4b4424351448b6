import type { Evidence } from '../../core/finding.ts';

/** How many pieces of evidence one judgement carries; more are counted, not shown. */
const most = 50;

/** At most fifty pieces of evidence; a last one says how many more there are. */
export const upTo = (evidence: readonly Evidence[]): readonly Evidence[] =>
  evidence.length <= most
    ? evidence
    : [...evidence.slice(0, most), { source: 'scan', looked: 'what else was found', found: `and ${evidence.length - most} more` }];

/** `1 workload`, `3 workloads`, `no workloads`. */
export const count = (number: number, one: string, many = `${one}s`): string =>
  number === 1 ? `1 ${one}` : `${number === 0 ? 'no' : number} ${many}`;

/** `a, b and 4 more`: the first few of some names. */
export const few = (names: readonly string[], show = 5): string =>
  names.length <= show ? names.join(', ') : `${names.slice(0, show).join(', ')} and ${names.length - show} more`;

/** With a capital letter, to begin a sentence. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `a, b and c`. */
export const join = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;

/** An object as kubectl users write it: `ClusterRole view`, `Deployment shop/front`. */
export const named = ({ kind, namespace, name }: { readonly kind: string; readonly namespace?: string; readonly name: string }): string =>
  `${kind} ${namespace ? `${namespace}/` : ''}${name}`;

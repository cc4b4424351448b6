import { latin1, uint16 } from './bytes.ts';

export const types = { a: 1, txt: 16, axfr: 252 } as const;
export const classes = { internet: 1, chaos: 3 } as const;

/** A question of DNS with one name. The number is fixed, because one answer comes on a connection of its own. */
export const question = (name: string, type: number, of: number = classes.internet, recursion = true): readonly number[] => [
  ...uint16(0x6768),
  ...uint16(recursion ? 0x0100 : 0),
  ...uint16(1),
  ...uint16(0),
  ...uint16(0),
  ...uint16(0),
  ...name.split('.').flatMap((label) => [label.length, ...latin1(label)]),
  0,
  ...uint16(type),
  ...uint16(of),
];

export interface DnsAnswer {
  readonly code: number;
  readonly answers: number;
}

/** The head of an answer to one of our questions; undefined for anything else. `skip` is the number of bytes before it, two over TCP. */
export const dnsAnswer = (bytes: string, skip = 0): DnsAnswer | undefined => {
  const head = bytes.slice(skip * 2, skip * 2 + 24);
  const flags = Number.parseInt(head.slice(4, 8), 16);
  if (head.length < 24 || !head.startsWith('6768') || (flags & 0x8000) === 0) return undefined;
  return { code: flags & 15, answers: Number.parseInt(head.slice(12, 16), 16) };
};
export const refusals: Readonly<Record<number, string>> = {
  1: 'FORMERR',
  2: 'SERVFAIL',
  3: 'NXDOMAIN',
  4: 'NOTIMP',
  5: 'REFUSED',
  9: 'NOTAUTH',
};

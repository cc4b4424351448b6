import { CelScalar, celMethod, isCelError, listType, run } from '@bufbuild/cel';
import { describe, expect, it } from 'vitest';
import { makeCelEngine } from './cel-engine.ts';
import type { DocumentSchema } from './engine.ts';
import { golden, goldenInput } from './golden.ts';

const schema: DocumentSchema = {
  types: {
    Taint: { key: 'string', effect: 'string' },
    Node: { name: 'string', kubelet: 'string', ready: 'bool', cpu: 'int', taints: 'list<Taint>' },
    Scan: { failed: 'map<string, int>', failing: 'list<string>' },
    Cluster: { name: 'string', tags: 'map<string, string>' },
    Upgrade: { target: 'string', nodes: 'list<Node>', scans: 'map<string, Scan>', cluster: 'Cluster' },
  },
  variables: { object: 'Upgrade' },
  most: {},
};

const plain = (value: unknown): unknown => (typeof value === 'bigint' ? Number(value) : value);

// that library's own join() takes no list whose elements it knows nothing of
const join = celMethod('join', listType(CelScalar.DYN), [CelScalar.STRING], CelScalar.STRING, function (separator) {
  return [...this].map(String).join(separator);
});

/** Whole numbers are ints for CEL. */
const withInts = (value: unknown): unknown => {
  if (typeof value === 'number') return BigInt(value);
  if (Array.isArray(value)) return value.map(withInts);
  if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withInts(inner)]));
  return value;
};

describe('both libraries give the value that CEL gives', () => {
  const engine = makeCelEngine();
  it.each(golden)('cel-js: %s', (source, expected) => {
    const made = engine.compile(source, schema);
    expect(made.ok ? '' : made.failure.say).toBe('');
    const value = made.ok ? made.value.evaluate(goldenInput) : undefined;
    expect(value?.ok ? plain(value.value) : 'error').toBe(expected);
  });

  it.each(golden)('@bufbuild/cel: %s', (source, expected) => {
    const value = run(source, withInts(goldenInput) as Parameters<typeof run>[1], { funcs: [join] });
    expect(isCelError(value) ? 'error' : plain(value)).toBe(expected);
  });
});

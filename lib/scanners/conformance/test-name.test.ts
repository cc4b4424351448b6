import { expect, it } from 'vitest';
import { idsOf, readTestName } from './test-name.ts';

it('reads one test alike, however a version of the suite writes its name', () => {
  const now = readTestName('[It] [sig-node] Pods should be submitted and removed [NodeConformance] [Conformance]');
  expect(now).toEqual({
    name: '[sig-node] Pods should be submitted and removed',
    tags: ['NodeConformance', 'Conformance'],
    area: 'sig-node',
    slug: 'pods-should-be-submitted-and-removed',
  });
  expect(readTestName('[k8s.io] Pods should be submitted and removed  [NodeConformance] [Conformance]').slug).toBe(now.slug);
  expect(readTestName('[sig-apps] Pods [k8s.io] should be submitted and removed [Slow]').slug).toBe(now.slug);
  expect(readTestName('[sig-node] Pods should be submitted, and kept [Conformance]').slug).not.toBe(now.slug);
  expect(readTestName('nothing of the kind').area).toBe('other');
});

it('keeps names from writing into terminals and reports', () => {
  expect(readTestName('[sig-node] a\u001b[31m\nb\u202e c [Conformance]').name).toBe('[sig-node] a [31m b c');
});

it('gives every test an id of its own, also where two differ only in case', () => {
  const [a, b, c] = ['[sig-windows] run as ADMIN', '[sig-windows] run as Admin', '[sig-node] other [Conformance]'];
  const ids = idsOf([a, b, c] as string[]);
  expect(new Set(ids.values()).size).toBe(3);
  expect(ids.get(c as string)).toBe('conformance/other');
  expect(ids.get(a as string)).toMatch(/^conformance\/run-as-admin-[0-9a-f]{8}$/);
  expect([...idsOf(['x '.repeat(400)]).values()][0]?.length).toBeLessThan(205);
});

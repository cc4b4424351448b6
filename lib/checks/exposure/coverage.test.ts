import { describe, expect, it } from 'vitest';
import { probes, statements } from './index.ts';
import { leftOut } from './left-out.ts';

const numbered = (prefix: string, last: number): readonly string[] =>
  Array.from({ length: last }, (_, index) => `${prefix}-${String(index + 1).padStart(2, '0')}`);

/** Every id of kube-hunter; 001, 008 to 019, 035 and 048 were never given or name things it no longer has. */
const kubeHunter =
  `002 003 004 005 006 007 020 021 022 023 024 025 026 027 028 029 030 031 032 033 034 036 037 038 039 040 041 042 043 044 045 046 047 049
  050 051 052 053`
    .split(/\s+/)
    .map((id) => `KHV${id}`);

/** Every row of our own tables. */
const own = [
  ...numbered('API', 17),
  ...numbered('KUB', 7),
  ...numbered('ETC', 6),
  ...numbered('CMP', 13),
  ...numbered('ADD', 12),
  ...numbered('VSP', 7),
  ...numbered('POD', 3),
];

const covered: ReadonlySet<string> = new Set([...probes, ...statements].flatMap(({ covers }) => covers));

describe.each([...kubeHunter, ...own])('%s', (id) => {
  it('is covered by a probe or a statement, or left out with a reason', () => {
    expect({ isCovered: covered.has(id), reason: leftOut[id] }).toEqual(
      covered.has(id) ? { isCovered: true, reason: undefined } : { isCovered: false, reason: expect.stringMatching(/^\S.*\.$/s) },
    );
  });
});

it('leaves out and covers nothing that no table has', () => {
  // kube-hunter has hunters without an id: those that write to the API server
  const known = new Set([...kubeHunter, ...own, 'KHV-active']);
  expect([...covered, ...Object.keys(leftOut)].filter((id) => !known.has(id))).toEqual([]);
});

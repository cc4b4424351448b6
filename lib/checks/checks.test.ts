import { describe, expect, it } from 'vitest';
import type { ConfigurationFacts, FactName } from '../core/facts/index.ts';
import { seen } from '../core/facts/index.ts';
import { byOutcome, type Outcome } from '../core/outcome.ts';
import type { AnyCheck, Case } from './check.ts';
import { checks } from './index.ts';
import { judge } from './judge.ts';

const checkFiles = import.meta.glob<Record<string, AnyCheck>>('./**/*.check.ts', { eager: true });
const caseFiles = import.meta.glob<{ cases: readonly Case<never, never>[] }>(['./**/*.cases.ts', '!./exposure/**'], { eager: true });
const onDisk = Object.entries(checkFiles).map(([path, module]) => ({
  path,
  check: Object.values(module)[0] as AnyCheck,
  cases: caseFiles[path.replace('.check.', '.cases.')]?.cases ?? [],
}));

const cluster = { id: '00000000-0000-4000-8000-000000000000', name: 'case', kubernetesVersion: 'v1.36.3' };

/** Runs a case as a scan would: through the runner, over facts that hold exactly what the case gives. */
const answer = (check: AnyCheck, { given }: Case<never, never>) => {
  const facts: Record<string, unknown> = { cluster, ...structuredClone(given) };
  for (const name of check.reads as readonly FactName[]) facts[name] = seen(facts[name]);
  const [judged] = judge([check], facts as unknown as ConfigurationFacts);
  return judged?.judgements ?? [];
};
const stated = (expected: Outcome | readonly Outcome[], length: number): readonly Outcome[] =>
  typeof expected === 'string' ? Array.from({ length }, () => expected) : expected;

it('lists in index.ts every check that is on disk, once', () => {
  expect(onDisk.length).toBeGreaterThan(100);
  expect(checks.map(({ id }) => id).toSorted()).toEqual(onDisk.map(({ check }) => check.id).toSorted());
});

it('finds a check for every cases file', () => {
  expect(Object.keys(caseFiles).filter((path) => !checkFiles[path.replace('.cases.', '.check.')])).toEqual([]);
});

describe.each(onDisk)('$check.id', ({ path, check, cases }) => {
  it('is named after its folder and file', () => expect(`./${check.id}.check.ts`).toBe(path));

  it('says why and how to repair it in sentences', () => {
    for (const text of [check.why, check.repair, ...(check.lookAt ? [check.lookAt] : [])]) expect(text).toMatch(/^[A-Z`'/-].*\.$/s);
    expect(check.title).not.toMatch(/\.$/);
  });

  it('has a case for each thing it can say', () => {
    const expected = cases.flatMap((one) => one.expect);
    if (check.lookAt === undefined) expect(expected).toEqual(expect.arrayContaining(['pass', 'fail']));
    else expect(expected).toContain('manual');
  });

  it.each(cases)('$expect: $name', (one) => {
    const judgements = answer(check, one);
    const found = judgements.map(({ outcome }) => outcome);
    expect(found.toSorted(byOutcome)).toEqual(stated(one.expect, found.length).toSorted(byOutcome));
    expect(found).not.toHaveLength(0);
    for (const { message, evidence } of judgements) {
      expect(message).toMatch(/\.$/);
      expect(evidence).not.toHaveLength(0);
    }
    if (one.says) expect(JSON.stringify(judgements)).toContain(one.says);
  });

  it('answers unknown, with the reason, when a slice was not read', () => {
    const facts = Object.fromEntries(check.reads.map((name: FactName) => [name, { read: false, reason: 'Nobody looked.' }]));
    const [judged] = judge([check], { cluster, ...facts } as unknown as ConfigurationFacts);
    if (check.reads.length > 0)
      expect(judged?.judgements).toMatchObject([{ outcome: 'unknown', message: 'Could not look: Nobody looked.' }]);
  });
});

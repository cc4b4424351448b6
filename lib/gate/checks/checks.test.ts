import { describe, expect, it } from 'vitest';
import { seen } from '../../core/facts/index.ts';
import { type GateFacts, type GateSlice, type GateVersion, readGateVersion } from '../../core/gate/index.ts';
import type { AnyGateCheck, GateCase, Upgrade } from '../check.ts';
import { runChecks } from '../run-checks.ts';
import { gateChecks } from './index.ts';

const checkFiles = import.meta.glob<Record<string, AnyGateCheck>>('./**/*.check.ts', { eager: true });
const caseFiles = import.meta.glob<{ cases: readonly GateCase<never, never>[] }>('./**/*.cases.ts', { eager: true });
const onDisk = Object.entries(checkFiles).flatMap(([path, module]) =>
  Object.values(module)
    .filter((value) => typeof value === 'object' && 'category' in value)
    .map((check) => ({ path, check, cases: caseFiles[path.replace('.check.', '.cases.')]?.cases ?? [] })),
);

const upgradeOf = (text = '1.35.4 to 1.36.3'): Upgrade => {
  const [current, target] = text.split(' to ').map(readGateVersion) as [GateVersion, GateVersion];
  return { current, target, supportWindow: 3 };
};

/** Runs a case as an evaluation would: through the runner, over facts that hold exactly what the case gives. */
const answer = (check: AnyGateCheck, { given, upgrade, now = '2026-11-23T12:00:00Z' }: GateCase<never, never>) => {
  const cluster = { id: '00000000-0000-4000-8000-000000000000', name: 'case', kubernetesVersion: 'v1.35.4' };
  const facts: Record<string, unknown> = { cluster, observedAt: now, ...structuredClone(given as object) };
  for (const name of check.reads as readonly GateSlice[]) facts[name] = seen(facts[name]);
  return runChecks([check], facts as unknown as GateFacts, upgradeOf(upgrade))[0]?.answer;
};

it('lists every check that is on disk, once', () => {
  expect(gateChecks.map(({ id }) => id).toSorted()).toEqual(onDisk.map(({ check }) => check.id).toSorted());
});

it('finds a check for every cases file', () => {
  expect(Object.keys(caseFiles).filter((path) => !checkFiles[path.replace('.cases.', '.check.')])).toEqual([]);
});

describe.each(onDisk)('$check.id', ({ path, check, cases }) => {
  it('is named after its folder and file', () => expect(`./${check.id.replace('.', '/')}.check.ts`).toBe(path));

  it('is of the category it is named after', () => expect(check.id.split('.')[0]).toBe(check.category));

  it('says why and how to repair it in sentences', () => {
    for (const text of [check.why, check.repair]) expect(text).toMatch(/^[A-Z`'/-].*\.$/s);
    expect(check.title).not.toMatch(/\.$/);
    for (const link of check.links) expect(link).toMatch(/^https:\/\//);
  });

  it('is seen to pass and to fail', () => expect(cases.map((one) => one.expect)).toEqual(expect.arrayContaining(['pass', 'fail'])));

  it.each(cases)('$expect: $name', (one) => {
    const said = answer(check, one);
    expect(said?.outcome, said?.message).toBe(one.expect);
    expect(said?.message).toMatch(/\.$/);
    if (one.says) expect(JSON.stringify(said)).toContain(one.says);
  });
});

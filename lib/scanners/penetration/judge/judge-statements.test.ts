import { expect, it } from 'vitest';
import { cluster } from '../../../../test/support/view.ts';
import { type AnyStatement, defineStatement } from '../../../checks/exposure/statement.ts';
import { unseen } from '../../../core/facts/index.ts';
import type { ClusterView, PenetrationFacts } from '../../../core/probing/index.ts';
import { judgeStatements } from './judge-statements.ts';

const statement = (evaluate: AnyStatement['evaluate']): AnyStatement =>
  defineStatement({
    id: 'exposure/test/statement',
    covers: ['T-01'],
    title: 'It holds',
    severity: 'low',
    why: 'It does.',
    repair: 'Repair it.',
    techniques: [],
    references: [],
    reads: ['nodes', 'rbac'],
    evaluate,
  });
const judge = (view: Partial<ClusterView>, evaluate: AnyStatement['evaluate']) => {
  const facts: PenetrationFacts = {
    cluster: { id: 'c', name: 'shop', kubernetesVersion: 'v1.36.3' },
    vantages: ['external'],
    view: { ...cluster({}), ...view },
    refused: [],
    sights: [],
    blind: [],
  };
  return [...judgeStatements([statement(evaluate)], facts, '2026-01-01T00:00:00Z')].flatMap(({ judgements }) => judgements);
};
const pass = { subject: { kind: 'Cluster', name: 'shop' }, outcome: 'pass', message: 'It holds.', evidence: [] } as const;

it('is given the parts it reads, the cluster and the time, and nothing else', () => {
  let given: object = {};
  const said = judge({}, (seen) => {
    given = seen;
    return [pass];
  });
  expect(said).toEqual([pass]);
  expect(Object.keys(given).toSorted()).toEqual(['cluster', 'nodes', 'now', 'rbac']);
  expect(given).toMatchObject({ now: '2026-01-01T00:00:00Z', nodes: [{ name: 'w1' }] });
});

it('is not asked where a part could not be read: unknown, with the reason told once', () => {
  const why = unseen('The user may not list it; grant it.');
  const [said] = judge({ nodes: why, rbac: why }, () => [pass]);
  expect(said).toMatchObject({
    outcome: 'unknown',
    message: 'Could not look: The user may not list it; grant it.',
    subject: { kind: 'Cluster' },
  });
  expect(said?.evidence.map(({ looked }) => looked)).toEqual(['nodes', 'rbac']);
  // what it does not read is of no matter
  expect(judge({ services: why }, () => [pass])).toEqual([pass]);
});

it.each<[string, AnyStatement['evaluate'], RegExp]>([
  [
    'that breaks',
    () => {
      throw new TypeError('boom');
    },
    /TypeError: boom/,
  ],
  ['that says nothing', () => [], /gave no answer/],
])('one %s is an error, not a pass', (_, evaluate, says) => {
  const [said] = judge({}, evaluate);
  expect(said?.outcome).toBe('error');
  expect(JSON.stringify(said)).toMatch(says);
});

import { expect, it } from 'vitest';
import type { ConfigurationFacts } from '../core/facts/index.ts';
import { seen, unseen } from '../core/facts/index.ts';
import { type AnyCheck, clusterSubject, defineCheck, pass } from './check.ts';
import { judge } from './judge.ts';

const cluster = { id: 'c', name: 'plain', kubernetesVersion: 'v1.36.3' };
const words = { id: 'a/one', title: 'One', severity: 'low', why: 'Because.', repair: 'Repair it.' } as const;
const judgeOne = (check: AnyCheck, facts: Partial<ConfigurationFacts>) =>
  [...judge([check], { cluster, ...facts } as ConfigurationFacts)][0]?.judgements;

it('turns a check that breaks into an error that names it, and goes on', () => {
  const broken = defineCheck({
    ...words,
    reads: [],
    evaluate: () => {
      throw new TypeError('no such field');
    },
  });
  const fine = defineCheck({ ...words, id: 'a/two', reads: [], evaluate: () => [pass(clusterSubject(cluster), 'It holds.')] });
  const judged = [...judge([broken, fine], { cluster } as ConfigurationFacts)];
  expect(judged.map(({ judgements }) => judgements[0]?.outcome)).toEqual(['error', 'pass']);
  expect(judged[0]?.judgements[0]?.evidence).toEqual([{ source: 'check', looked: 'a/one', found: 'TypeError: no such field' }]);
});

it('turns silence into an error: a check that says nothing has not passed', () => {
  const silent = defineCheck({ ...words, reads: [], evaluate: () => [] });
  expect(judgeOne(silent, {})).toMatchObject([{ outcome: 'error', subject: { kind: 'Cluster', name: 'plain' } }]);
});

it('says every reason once when several slices were not read', () => {
  const check = defineCheck({ ...words, reads: ['rbac', 'namespaces', 'nodes'], evaluate: () => [] });
  const facts = { rbac: unseen('Looking needs list roles.'), namespaces: unseen('Looking needs list roles.'), nodes: seen([]) };
  expect(judgeOne(check, facts)).toMatchObject([{ outcome: 'unknown', message: 'Could not look: Looking needs list roles.' }]);
});

it('hands on slices that a check may read as they are', () => {
  const check = defineCheck({
    ...words,
    reads: [],
    mayRead: ['nodes'],
    evaluate: ({ nodes }) => [pass(clusterSubject(cluster), nodes.read ? 'Read.' : nodes.reason)],
  });
  expect(judgeOne(check, { nodes: unseen('Nobody looked.') })).toMatchObject([{ message: 'Nobody looked.' }]);
});

import { expect, it } from 'vitest';
import { cluster, derive, node } from '../../../../test/support/view.ts';
import { probes } from '../../../checks/exposure/index.ts';
import type { Door, DoorState, PenetrationFacts, RefusedTarget } from '../../../core/probing/index.ts';
import { judgeProbes } from './judge-probes.ts';

const kubelet = 'exposure/kubelet/anonymous-pods';
const facts = (
  doors: readonly { readonly door: Door; readonly state: DoorState }[],
  refused: readonly RefusedTarget[],
): PenetrationFacts => ({
  cluster: { id: 'c', name: 'shop', kubernetesVersion: 'v1.36.3' },
  vantages: ['external'],
  view: cluster({}),
  refused,
  sights: [{ vantage: 'external', doors: [...doors], notes: [], exchanges: [], timedOut: 0 }],
  blind: [],
});
const doorsOf = (address: string): readonly Door[] =>
  derive({ nodes: [node('w1', [address])], nodePorts: [22] }).doors.filter(({ place }) => place === 'node');
const outcomesOf = (one: PenetrationFacts, id = kubelet): readonly string[] =>
  [...judgeProbes(probes, one)].find(({ check }) => check.id === id)?.judgements.map(({ outcome }) => outcome) ?? [];

const withState = (address: string, states: Readonly<Record<number, DoorState>>) =>
  doorsOf(address).map((door) => ({ door, state: states[door.port] ?? ('filtered' as const) }));

it('a filtered port of a node that answers elsewhere passes', () => {
  expect(outcomesOf(facts(withState('10.0.0.6', { 22: 'closed' }), []))).toEqual(['pass']);
  expect(outcomesOf(facts(withState('10.0.0.6', {}), []))).toEqual(['unknown']);
});

it('answers over IPv4 say nothing of IPv6, where there may be no way at all', () => {
  const seen = withState('10.0.0.6', { 22: 'closed', 10250: 'closed' });
  expect(outcomesOf(facts([...seen, ...withState('fd00::6', {})], []))).toEqual(['unknown']);
  expect(outcomesOf(facts([...seen, ...withState('fd00::6', { 22: 'closed' })], []))).toEqual(['pass']);
});

it('where nobody was let knock, nobody looked', () => {
  expect(outcomesOf(facts(withState('10.0.0.6', { 22: 'forbidden', 10250: 'forbidden' }), []))).toEqual(['unknown']);
});

it('refused addresses are no proof that there is nothing', () => {
  const one = { what: 'Node w1', address: '10.0.0.6', why: 'It is outside the networks of the project.' };
  expect(outcomesOf(facts([], [one]))).toEqual(['unknown']);
  expect(outcomesOf(facts([], []))).toEqual(['not-applicable']);
});

it.each(['unasked', 'unable'] as const)('a port that is %s is unknown, whatever the node answers elsewhere', (state) => {
  expect(outcomesOf(facts(withState('10.0.0.6', { 22: 'closed', 10250: state }), []))).toEqual(['unknown']);
  // nor is anything clean that would have been recognised behind it
  const recognised = 'exposure/transport/protocol-floor';
  expect(outcomesOf(facts(withState('10.0.0.6', { 22: 'closed', 10250: state }), []), recognised)).toEqual(['unknown']);
  expect(outcomesOf(facts(withState('10.0.0.6', { 22: 'closed', 10250: 'closed' }), []), recognised)).toEqual(['not-applicable']);
});

it('what other targets left out is unknown, not good news', () => {
  const leftOut = [{ vantage: 'external', place: 'node', transport: 'tcp', doors: 60 }] as const;
  expect(outcomesOf({ ...facts([], []), leftOut })).toEqual(['unknown']);
  // what is looked at all the same is judged
  expect(outcomesOf({ ...facts(withState('10.0.0.6', { 22: 'closed' }), []), leftOut })).toEqual(['pass']);
  // and another place left out says nothing of nodes
  expect(outcomesOf({ ...facts([], []), leftOut: [{ ...leftOut[0], place: 'published' }] })).toEqual(['not-applicable']);
  expect(outcomesOf({ ...facts([], []), leftOut: [{ ...leftOut[0], transport: 'udp' }] })).toEqual(['not-applicable']);
});

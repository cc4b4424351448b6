import { describe, expect, it } from 'vitest';
import { cluster, derive, node } from '../../../../test/support/view.ts';
import { probes } from '../../../checks/exposure/index.ts';
import type { Judgement, Vantage } from '../../../core/finding.ts';
import type { Door, DoorState, Note, PenetrationFacts, Sight } from '../../../core/probing/index.ts';
import { judgeProbes } from './judge-probes.ts';

const kubelet = 'exposure/kubelet/anonymous-pods';
const onlyInside = 'exposure/pod/egress-to-nodes';
const nodes = [node('cp1', ['10.0.0.4', 'fd00::4']), node('w1', ['10.0.0.6'])];
const doorsOf = (vantage: Vantage = 'external'): readonly Door[] =>
  derive({ nodes, nodePorts: [22], vantage }).doors.filter(({ place }) => place === 'node');
const keyOf = ({ address, port }: Door): string => `${address} ${port}`;

type Said = Pick<Note, 'outcome' | 'message'> & Partial<Note>;
const open: Said = { outcome: 'fail', message: 'It lists its pods.', evidence: [{ looked: 'GET /pods', found: '200' }] };

/** What a vantage saw: states and notes of the kubelet's probe by address and port; everything else is closed. */
const sight = (vantage: Vantage, seen: Readonly<Record<string, DoorState | Said>> = {}, otherwise: DoorState = 'closed'): Sight => {
  const doors = doorsOf(vantage);
  const at = (door: Door): DoorState | Said => seen[keyOf(door)] ?? otherwise;
  return {
    vantage,
    doors: doors.map((door) => {
      const state = at(door);
      return { door, state: typeof state === 'string' ? state : 'open' };
    }),
    notes: doors.flatMap((door, index) => {
      const said = at(door);
      return typeof said === 'string' ? [] : [{ probe: kubelet, door: index, evidence: [], ...said }];
    }),
    exchanges: [],
    timedOut: 0,
  };
};
const judge = (sights: readonly Sight[], more: Partial<PenetrationFacts> = {}, id = kubelet): readonly Judgement[] => {
  const facts: PenetrationFacts = {
    cluster: { id: 'c', name: 'shop', kubernetesVersion: 'v1.36.3' },
    vantages: sights.map(({ vantage }) => vantage),
    view: cluster({ nodes }),
    refused: [],
    sights,
    blind: [],
    ...more,
  };
  return [...judgeProbes(probes, facts)].find(({ check }) => check.id === id)?.judgements ?? [];
};
/** Of one node and one port of it. */
const of = (judgements: readonly Judgement[], name: string, port = '10250/tcp'): Judgement | undefined => {
  const own = judgements.filter(({ subject }) => subject.name === name && subject.port === port);
  expect(own.length).toBeLessThan(2);
  return own[0];
};

describe('one subject, one finding', () => {
  it('from two vantages: a finding with both, and what each saw', () => {
    const finding = of(judge([sight('external', { '10.0.0.6 10250': open }), sight('internal', { '10.0.0.6 10250': open })]), 'w1');
    expect(finding).toMatchObject({
      outcome: 'fail',
      certainty: 'confirmed',
      severity: 'high',
      message: 'It lists its pods.',
      vantages: ['external', 'internal'],
      subject: { kind: 'Node', role: 'worker', endpoints: ['10.0.0.6:10250'] },
    });
    expect(finding?.evidence.map(({ source }) => source)).toEqual(['network, external', 'network, internal']);
  });

  it('open to pods only: a finding from there, though it is closed outside', () => {
    const finding = of(judge([sight('external'), sight('internal', { '10.0.0.6 10250': open })]), 'w1');
    expect(finding).toMatchObject({ outcome: 'fail', vantages: ['internal'] });
    expect(finding?.evidence).toContainEqual(expect.objectContaining({ source: 'network, external', found: 'refused' }));
  });

  it('two addresses of a node: one subject, and only those named where it was seen', () => {
    const both = of(judge([sight('external', { '10.0.0.4 10250': open, 'fd00::4 10250': open })]), 'cp1');
    expect(both?.subject.endpoints).toEqual(['10.0.0.4:10250', '[fd00::4]:10250']);
    const one = of(judge([sight('external', { 'fd00::4 10250': open })]), 'cp1');
    expect([one?.outcome, one?.subject.endpoints]).toEqual(['fail', ['[fd00::4]:10250']]);
  });

  it('two nodes are two subjects, though they have the same port', () => {
    const judgements = judge([sight('external', { '10.0.0.6 10250': open })]);
    expect([of(judgements, 'w1')?.outcome, of(judgements, 'cp1')?.outcome]).toEqual(['fail', 'pass']);
  });

  it('the gravest severity counts, and everything that was said is told once', () => {
    const grave: Said = { ...open, severity: 'critical', message: 'It runs commands.' };
    const finding = of(
      judge([sight('external', { '10.0.0.4 10250': open, 'fd00::4 10250': grave }), sight('internal', { '10.0.0.4 10250': open })]),
      'cp1',
    );
    expect([finding?.severity, finding?.message]).toEqual(['critical', 'It lists its pods. It runs commands.']);
  });

  it('behaviour that was seen outweighs what a version suggests', () => {
    const maybe: Said = { ...open, certainty: 'potential' };
    expect(of(judge([sight('external', { '10.0.0.6 10250': maybe })]), 'w1')?.certainty).toBe('potential');
    const seen: Said = { ...open, certainty: 'confirmed' };
    expect(
      of(judge([sight('external', { '10.0.0.6 10250': maybe }), sight('internal', { '10.0.0.6 10250': seen })]), 'w1')?.certainty,
    ).toBe('confirmed');
  });
});

describe('doors that did not open', () => {
  it.each<[string, Readonly<Record<string, DoorState>>, DoorState, string, RegExp]>([
    ['closed', {}, 'closed', 'pass', /Nothing listens/],
    ['filtered, on a target that answered elsewhere', { '10.0.0.6 22': 'closed' }, 'filtered', 'pass', /cannot be reached/],
    ['filtered, on a target of which another port is open', { '10.0.0.6 22': 'open' }, 'filtered', 'pass', /cannot be reached/],
    ['filtered, on a target that never answered', {}, 'filtered', 'unknown', /nobody could look/],
    ['filtered, and only another node answered', { '10.0.0.4 22': 'closed' }, 'filtered', 'unknown', /nobody could look/],
    ['forbidden', { '10.0.0.6 22': 'closed', '10.0.0.6 10250': 'forbidden' }, 'filtered', 'unknown', /nobody could look/],
  ])('%s', (_, seen, otherwise, outcome, says) => {
    const finding = of(judge([sight('external', seen, otherwise)]), 'w1');
    expect([finding?.outcome, finding?.message]).toEqual([outcome, expect.stringMatching(says)]);
    expect(finding?.evidence).toHaveLength(1);
  });

  it('what one vantage could not see is no pass, though the other saw it closed', () => {
    expect(of(judge([sight('external'), sight('internal', {}, 'filtered')]), 'w1')).toMatchObject({
      outcome: 'unknown',
      vantages: ['internal'],
    });
  });

  it('an open door of which the probe says nothing is none of its business', () => {
    expect(of(judge([sight('external', { '10.0.0.6 10250': 'open' })]), 'w1')).toBeUndefined();
  });
});

describe('a probe without a subject', () => {
  const blind = [{ vantage: 'internal', why: 'The node cannot get the image.' }] as const;
  it.each<[string, Partial<PenetrationFacts>, string, RegExp]>([
    [
      'from inside only, where the pod could not start',
      { vantages: ['external', 'internal'], blind },
      'unknown',
      /The node cannot get the image\./,
    ],
    ['from inside only, where nobody asked for that', { vantages: ['external'] }, 'unknown', /internal vantage, which was not asked for/],
  ])('%s', (_, more, outcome, says) => {
    const [finding, ...others] = judge([sight('external')], more, onlyInside);
    expect(others).toEqual([]);
    expect([finding?.outcome, finding?.message]).toEqual([outcome, expect.stringMatching(says)]);
    expect(finding?.subject).toMatchObject({ kind: 'Cluster', name: 'shop' });
  });

  it('nothing recognised: there is nothing of the kind', () => {
    const [finding] = judge([sight('external')], {}, 'exposure/add-ons/grafana');
    expect([finding?.outcome, finding?.message]).toEqual(['not-applicable', expect.stringContaining('Nothing that this probe is about')]);
  });

  it('a note of a probe that nobody knows, or about no door, is passed over', () => {
    const seen = sight('external');
    const stray: Said & { readonly evidence: Note['evidence'] } = { outcome: 'fail', message: 'x', evidence: [] };
    const notes = [
      { ...stray, probe: 'exposure/none/such', door: 0 },
      { ...stray, probe: kubelet, door: 999 },
    ];
    expect(judge([{ ...seen, notes }]).map(({ outcome }) => outcome)).not.toContain('fail');
  });
});

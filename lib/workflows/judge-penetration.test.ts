import { describe, expect, it } from 'vitest';
import { cluster, derive, node } from '../../test/support/view.ts';
import { unseen } from '../core/facts/index.ts';
import type { Vantage } from '../core/finding.ts';
import type { Door, DoorState, Sight } from '../core/probing/index.ts';
import { penetrationFramework } from '../frameworks/penetration.ts';
import { Report } from '../reports/report.ts';
import type { ObservedPenetration } from '../scanners/penetration/index.ts';
import type { RunDescription } from './judge-facts.ts';
import { judgePenetrationFacts } from './judge-penetration.ts';

const nodes = [node('cp1', ['10.0.0.4', 'fd00::4']), node('w1', ['10.0.0.6'])];
const doors: readonly Door[] = derive({ nodes, nodePorts: [22], udpPorts: [161] }).doors.filter(({ place }) => place === 'node');
const run: RunDescription = {
  scanId: 's-1',
  trigger: 'test',
  actor: 'me',
  toolVersion: '1.2.3',
  startedAt: '2026-01-01T00:00:00Z',
  endedAt: '2026-01-01T00:01:00Z',
  waivers: [],
  statements: ['A warning.'],
};
const exchange = { probe: 'knock', endpoint: '10.0.0.6:22', sent: 'TCP connect', answered: 'open' };

const sight = (vantage: Vantage, stateOf: (door: Door) => DoorState): Sight => ({
  vantage,
  doors: doors.map((door) => ({ door, state: stateOf(door) })),
  notes: [],
  exchanges: [exchange, { ...exchange, probe: 'greeting', host: 'shop.example', answered: 'timed-out' }],
  timedOut: 1,
});
const facts = (sights: readonly Sight[], more: Partial<ObservedPenetration> = {}): ObservedPenetration => ({
  cluster: { id: 'c', name: 'shop', kubernetesVersion: 'v1.36.3' },
  vantages: sights.map(({ vantage }) => vantage),
  view: cluster({ nodes }),
  refused: [],
  sights,
  blind: [],
  observedAt: '2026-01-01T00:00:30Z',
  ...more,
});
const judge = (...given: Parameters<typeof facts>) => {
  const report = judgePenetrationFacts(facts(...given), run);
  // what is written must be what readers expect
  expect(Report.parse(JSON.parse(JSON.stringify(report)))).toEqual(JSON.parse(JSON.stringify(report)));
  return report;
};
const mixed = sight('external', ({ address, port, transport }) => {
  if (transport === 'udp') return 'open';
  if (address === '10.0.0.6') return port === 22 ? 'open' : 'closed';
  return address === 'fd00::4' ? 'forbidden' : 'filtered';
});

describe('the report', () => {
  it('says what was scanned, by which rows, and by whom', () => {
    const { scan, coverage } = judge([mixed]);
    expect(scan).toMatchObject({
      id: 's-1',
      kind: 'penetration',
      actor: 'me',
      cluster: {
        id: 'c',
        nodes: [
          { name: 'cp1', role: 'control-plane' },
          { name: 'w1', kubeletVersion: 'v1.36.3', osImage: 'Debian' },
        ],
      },
      benchmark: { framework: 'gatehouse-penetration' },
    });
    expect(coverage.total).toBe(penetrationFramework.controls.length);
  });

  it('counts what each vantage tried and reached; datagrams, which nobody can count, are left out', () => {
    const { network } = judge([mixed, sight('internal', () => 'closed')]);
    expect(network?.vantages).toEqual([
      { vantage: 'external', targets: 2, reached: 1, ports: 6, open: 1, closed: 1, filtered: 4, timedOut: 1, requests: 2 },
      { vantage: 'internal', targets: 2, reached: 2, ports: 6, open: 0, closed: 6, filtered: 0, timedOut: 1, requests: 2 },
    ]);
  });

  it('has every request in its annex, with the vantage', () => {
    const { network } = judge([mixed, sight('internal', () => 'closed')]);
    expect(network?.exchanges.map(({ vantage, probe, host }) => [vantage, probe, host])).toEqual([
      ['external', 'knock', undefined],
      ['external', 'greeting', 'shop.example'],
      ['internal', 'knock', undefined],
      ['internal', 'greeting', 'shop.example'],
    ]);
  });

  it('says on page one what nobody could see', () => {
    const { coverage } = judge([sight('external', () => 'filtered')], {
      vantages: ['external', 'internal'],
      blind: [{ vantage: 'internal', why: 'The node cannot get the image.' }],
      refused: [{ what: 'Node w1', address: '203.0.113.9', why: 'It is public.' }],
      view: {
        ...cluster({ nodes }),
        services: unseen('The user may not list services.'),
        ingresses: unseen('The user may not list services.'),
      },
    });
    const text = coverage.statements.join('\n');
    expect(text).toContain(
      'From the external vantage 0 of 2 targets were reached: 6 ports tried, 0 open, 0 closed, 6 filtered; 1 of 2 requests timed out.',
    );
    expect(text).toContain('Nothing was reached from the external vantage, so it proves nothing');
    expect(text).toContain('Nobody could look from the internal vantage: The node cannot get the image.');
    expect(text).toContain('One address that the cluster names was not contacted; the annex says which and why.');
    expect(coverage.statements.filter((one) => one === 'The user may not list services.')).toHaveLength(1);
    expect(coverage.statements).toContain('A warning.');
  });

  it('says on page one what was not tried, counts it apart, and calls none of it clean', () => {
    const seen = sight('external', ({ address, transport }) => {
      if (transport === 'udp') return 'open';
      return address === '10.0.0.6' ? 'unasked' : address === 'fd00::4' ? 'unable' : 'closed';
    });
    const fault = { ...exchange, endpoint: '[fd00::4]:22', answered: 'local-fault EMFILE' };
    const report = judge([{ ...seen, exchanges: [exchange, fault, fault] }], {
      leftOut: [{ vantage: 'external', place: 'published', transport: 'tcp', doors: 12 }],
    });
    expect(report.network?.vantages[0]).toMatchObject({ ports: 2, closed: 2, filtered: 0, notAsked: 2, notAble: 2 });
    const text = report.coverage.statements.join('\n');
    expect(text).toContain('2 not asked for want of time, 2 this machine could not connect to;');
    expect(text).toContain('2 ports were not tried from the external vantage, because the time of the scan was over');
    expect(text).toContain('because the machine that looked could not connect (EMFILE); what is behind is unknown');
    expect(text).toContain('12 ports were left out of the external vantage');
    const kubelets = report.findings.filter(({ check }) => check === 'exposure/kubelet/anonymous-pods');
    expect(kubelets.map(({ outcome }) => outcome)).toEqual(['unknown', 'unknown']);
  });

  it('never takes silence for good news: where nothing was reached, no node passes', () => {
    const { findings, coverage } = judge([sight('external', () => 'filtered')]);
    const ofNodes = findings.filter(({ subject }) => subject.kind === 'Node' && subject.port !== undefined);
    expect(ofNodes.length).toBeGreaterThan(0);
    expect([...new Set(ofNodes.filter(({ subject }) => subject.port?.endsWith('/tcp')).map(({ outcome }) => outcome))]).toEqual([
      'unknown',
    ]);
    expect(coverage.unknown).toBeGreaterThan(0);
  });

  it('nodes of one role are one finding, whatever their names', () => {
    const workers = [node('w1', ['10.0.0.6']), node('w2', ['10.0.0.7'])];
    const own = derive({ nodes: workers, nodePorts: [22] }).doors.filter(({ place }) => place === 'node');
    const seen: Sight = { ...mixed, doors: own.map((door) => ({ door, state: 'closed' })) };
    const kubelets = judge([seen], { view: cluster({ nodes: workers }) }).findings.filter(
      ({ check }) => check === 'exposure/kubelet/anonymous-pods',
    );
    expect(kubelets.filter(({ subject }) => subject.port === '10250/tcp').map(({ subject }) => subject.nodes)).toEqual([['w1', 'w2']]);
  });

  it('the same facts give the same report', () => expect(judge([mixed])).toEqual(judge([mixed])));
});

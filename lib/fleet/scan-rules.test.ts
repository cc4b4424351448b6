import { describe, expect, it } from 'vitest';
import { isFinal, nextStates, type ScanRecord, type ScanState, scanStates } from './scan.ts';
import { type AdmissionFacts, admit, type NodeSeen, requestCancel, transition, uncertainty } from './scan-rules.ts';

const at = '2026-11-27T23:30:00.000Z';
const record = (state: ScanState): ScanRecord => ({
  id: '20261127T233000Z-cfg-0123456789abcdef',
  projectId: 'default',
  clusterId: 'cls-0123456789ab',
  kind: 'configuration',
  state,
  trigger: { type: 'person', actor: { type: 'person', id: 'usr-0123456789ab', name: 'Ann' } },
  options: { nodeFacts: false },
  queuedAt: at,
  artefacts: [],
});

describe('transition', () => {
  const targets = scanStates.filter((state) => state !== 'queued');
  const pairs = scanStates.flatMap((from) => targets.map((to) => [from, to] as const));
  // written out by hand: everything else is refused
  const allowed = new Set([
    'queued running',
    'queued failed',
    'queued timed-out',
    'queued cancelled',
    'queued skipped',
    'running completed',
    'running failed',
    'running timed-out',
    'running cancelled',
  ]);

  it.each(pairs)('%s → %s', (from, to) => {
    const moved = transition(record(from), to, { startedAt: at, endedAt: at, reason: 'Because.' });
    expect(moved.ok).toBe(allowed.has(`${from} ${to}`));
    if (moved.ok) expect(moved.value).toEqual({ ...record(from), state: to, startedAt: at, endedAt: at, reason: 'Because.' });
    else expect(moved.failure).toMatchObject({ code: 'conflict', say: expect.stringContaining(from) });
  });

  it('agrees with the table of states', () => {
    expect(pairs.filter(([from, to]) => nextStates[from].includes(to)).map((pair) => pair.join(' '))).toEqual([...allowed]);
    expect(scanStates.filter(isFinal)).toEqual(['completed', 'failed', 'timed-out', 'cancelled', 'skipped']);
  });

  it('says that an end is final', () => {
    const moved = transition(record('skipped'), 'running', { startedAt: at });
    expect(moved.ok ? '' : moved.failure.say).toBe('The scan is skipped already; that is final. Start a new one instead.');
    const early = transition(record('queued'), 'completed', { endedAt: at });
    expect(early.ok ? '' : early.failure.say).toBe('A scan that is queued cannot become completed; read its state again.');
  });
});

describe('requestCancel', () => {
  const [ann, bob] = [record('running').trigger.actor, { type: 'person', id: 'usr-0123456789ac', name: 'Bob' } as const];

  it.each(scanStates)('asks a scan that is %s', (state) => {
    const asked = requestCancel(record(state), ann, at);
    if (state === 'queued' || state === 'running')
      expect(asked).toEqual({ ok: true, value: { ...record(state), cancelRequested: { by: ann, at } } });
    else expect(asked).toMatchObject({ ok: false, failure: { code: 'conflict', say: expect.stringContaining(state) } });
  });

  it('keeps who asked first', () => {
    const scan = { ...record('running'), cancelRequested: { by: ann, at } };
    expect(requestCancel(scan, bob, '2026-11-28T00:00:00.000Z')).toEqual({ ok: true, value: scan });
  });
});

describe('admit', () => {
  const facts = (more: Partial<AdmissionFacts> = {}): AdmissionFacts => ({
    kind: 'conformance',
    startsPods: true,
    clusterState: 'active',
    health: { state: 'healthy', checkedAt: at, lastContactAt: at, cordoned: [] },
    ...more,
  });
  const reasonOf = (more: Partial<AdmissionFacts>): string => {
    const admission = admit(facts(more));
    return admission.go ? 'go' : admission.reason;
  };

  it('lets a scan start on a cluster that answers, healthy or not', () => {
    expect(admit(facts())).toEqual({ go: true });
    expect(admit(facts({ health: { state: 'unhealthy', checkedAt: at, lastContactAt: at, notReady: ['w-1'], cordoned: [] } }))).toEqual({
      go: true,
    });
  });

  it.each([
    ['2026-11-27T23:39:59.999Z', true],
    ['2026-11-27T23:40:00.000Z', false],
  ])('wants a contact younger than ten minutes: at %s %s', (now, go) => {
    expect(admit(facts({ now })).go).toBe(go);
  });

  it('goes by the moment of the look when no other is given', () => {
    const lastContactAt = '2026-11-27T23:15:00Z';
    expect(reasonOf({ health: { state: 'unreachable', checkedAt: at, lastContactAt, reason: 'The connection was refused.' } })).toBe(
      'The cluster has not answered for 10 minutes. The connection was refused.',
    );
    expect(reasonOf({ health: { state: 'unreachable', checkedAt: at, lastContactAt: '2026-11-27T23:25:00Z', cordoned: [] } })).toBe('go');
    expect(reasonOf({ health: { state: 'unknown' } })).toBe('The cluster has not answered for 10 minutes. Test the connection.');
    expect(reasonOf({ health: { state: 'healthy', lastContactAt } })).toContain('has not answered');
  });

  it('starts no pods while nodes are in maintenance, or while nobody can see whether they are', () => {
    const health = (cordoned: string[]) => ({ state: 'healthy' as const, checkedAt: at, lastContactAt: at, cordoned });
    expect(reasonOf({ health: health(['w-1']) })).toBe(
      '1 node is in maintenance (w-1), and this scan starts pods; uncordon first, or scan later.',
    );
    expect(reasonOf({ health: health(['a', 'b', 'c', 'd', 'e']) })).toContain('5 nodes are in maintenance (a, b, c and 2 more)');
    expect(reasonOf({ health: { state: 'unknown', checkedAt: at, lastContactAt: at } })).toContain('could not be seen');
    // a scan that only reads does not mind
    expect(reasonOf({ startsPods: false, kind: 'configuration', health: health(['w-1']) })).toBe('go');
    expect(reasonOf({ startsPods: false, health: { state: 'unknown', checkedAt: at, lastContactAt: at } })).toBe('go');
  });

  it('lets one scan of a kind be alive', () => {
    expect(reasonOf({ laneHolder: '20261127T230000Z-cnf-0123456789abcdef' })).toBe(
      'Another conformance scan of this cluster, 20261127T230000Z-cnf-0123456789abcdef, has not ended yet; wait for it, or cancel it.',
    );
  });

  it('starts nothing on a cluster that was removed', () => {
    expect(reasonOf({ clusterState: 'removed' })).toContain('was removed');
  });
});

describe('uncertainty', () => {
  const nodes = (...names: string[]): NodeSeen[] => names.map((name) => ({ name, kubeletVersion: 'v1.33.1' }));

  it('is none while nodes and versions stay, in whatever order', () => {
    expect(uncertainty(nodes('a', 'b'), nodes('b', 'a'), { before: 'v1.33.1', after: 'v1.33.1' })).toBeUndefined();
    expect(uncertainty([], [])).toBeUndefined();
  });

  it('names what came, went and changed', () => {
    const after = [...nodes('a', 'd'), { name: 'b', kubeletVersion: 'v1.33.4' }];
    expect(uncertainty(nodes('a', 'b', 'c'), after)).toBe(
      'Nodes or versions changed while the scan ran (new: d; gone: c; another version: b (v1.33.1 to v1.33.4)), so it may describe neither state; scan again.',
    );
  });

  it('counts those it does not name', () => {
    expect(uncertainty(nodes(), nodes('a', 'b', 'c', 'd', 'e'))).toContain('(new: a, b, c and 2 more)');
  });

  it('sees an upgrade of the cluster, also where one version is unknown', () => {
    expect(uncertainty([], [], { before: 'v1.33.1', after: 'v1.34.0' })).toContain('the cluster changed from v1.33.1 to v1.34.0');
    expect(uncertainty([], [], { after: 'v1.34.0' })).toContain('from an unknown version to v1.34.0');
    expect(uncertainty([], [], { before: 'v1.33.1' })).toContain('from v1.33.1 to an unknown one');
  });
});

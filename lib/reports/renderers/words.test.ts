import { describe, expect, it } from 'vitest';
import { endpointLines, mergeVantages } from './pdf/endpoints.ts';
import { nodesText, subjectList } from './pdf/evidence.ts';
import {
  evidenceText,
  frameworkText,
  isPotential,
  plural,
  rangeText,
  secondsBetween,
  stableLine,
  subjectLine,
  thousands,
  timeText,
} from './words.ts';

it.each([
  [{ kind: 'Deployment', namespace: 'shop', name: 'front', container: 'main' }, 'Deployment shop/front, container main'],
  [{ kind: 'ClusterRole', name: 'admin' }, 'ClusterRole admin'],
  [{ kind: 'Node', name: 'worker', role: 'worker', nodes: ['w1', 'w2'] }, 'worker nodes'],
  [{ kind: 'Node', name: 'w1', role: 'worker', node: 'w1', nodes: ['w1'] }, 'Node w1, worker'],
  [{ kind: 'File', name: '/etc/a', role: 'worker', nodes: ['w1', 'w2'] }, 'File /etc/a, on worker nodes'],
  [{ kind: 'File', name: '/etc/a', role: 'worker', node: 'w1', nodes: ['w1'] }, 'File /etc/a, on w1 (worker)'],
  [{ kind: 'Pod', namespace: 'kube-system', name: 'etcd', node: 'cp1' }, 'Pod kube-system/etcd, on cp1'],
])('a subject in one line: %o', (subject, line) => expect(subjectLine(subject)).toBe(line));

it('a subject in one line that a repave does not change', () => {
  const nodes = { role: 'worker', node: 'w1', nodes: ['w1'] };
  expect(stableLine({ kind: 'Node', name: 'w1', ...nodes })).toBe('worker nodes');
  expect(stableLine({ kind: 'Node', name: 'worker', role: 'worker', nodes: ['w1', 'w2'] })).toBe('worker nodes');
  expect(stableLine({ kind: 'File', name: '/etc/a', ...nodes })).toBe('File /etc/a, on worker nodes');
  expect(stableLine({ kind: 'Pod', namespace: 'kube-system', name: 'etcd', node: 'cp1', nodes: ['cp1'] })).toBe('Pod kube-system/etcd');
});

it('numbers and times read the same everywhere', () => {
  expect([thousands(0), thousands(999), thousands(1234567)]).toEqual(['0', '999', '1,234,567']);
  expect([plural(1, 'finding'), plural(2000, 'finding'), plural(0, 'class', 'classes')]).toEqual([
    '1 finding',
    '2,000 findings',
    '0 classes',
  ]);
  expect(timeText('2026-06-01T10:00:00.123Z')).toBe('2026-06-01 10:00:00 UTC');
  expect(timeText('yesterday')).toBe('yesterday');
  expect(secondsBetween('2026-06-01T10:00:00Z', '2026-06-01T10:00:01.5Z')).toBe(1.5);
  expect(secondsBetween('2026-06-01T10:00:00Z', 'later')).toBe(0);
  expect(secondsBetween('2026-06-01T10:00:01Z', '2026-06-01T10:00:00Z')).toBe(0);
});

it('a framework without a name of its own keeps its id', () => {
  expect(frameworkText('cis-kubernetes')).toBe('CIS Kubernetes Benchmark');
  expect(frameworkText('house-rules')).toBe('house-rules');
});

describe('nodes in few words', () => {
  const all = ['w1', 'w2', 'w3', 'w4', 'w5'];
  it.each([
    [all, all, 'all 5 nodes'],
    [['w1', 'w2', 'w4', 'w5'], all, 'all 5 nodes but w3'],
    [['w3'], all, 'w3'],
    [['w1', 'w2'], ['w1', 'w2'], 'w1, w2'],
    [['w1', 'x9'], all, 'w1, x9'],
  ])('%o of %o are: %s', (nodes, of, text) => expect(nodesText(nodes, of)).toBe(text));
});

it('many subjects in few words', () => {
  const pods = ['a', 'b', 'c'].map((name) => ({ kind: 'Deployment', namespace: 'shop', name, container: 'main' }));
  const files = ['/x', '/y'].map((name) => ({ kind: 'File', name, role: 'worker', nodes: ['w1', 'w2'] }));
  const text = (subjects: Parameters<typeof subjectList>[0]) => subjectList(subjects).map((line) => line.map((one) => one.text).join(''));
  expect(text([...pods, ...files])).toEqual(['Deployment in shop: a (main), b (main), c (main)', 'File on worker nodes: /x, /y']);
  expect(text(pods.slice(0, 2))).toEqual(['Deployment shop/a, container main', 'Deployment shop/b, container main']);
});

describe('what listens', () => {
  it('is named with its port, and followed from scan to scan without its nodes', () => {
    const kubelet = { kind: 'Node', name: 'worker', role: 'worker', nodes: ['w1', 'w2'], port: '10250/tcp' };
    expect(subjectLine(kubelet)).toBe('worker nodes, port 10250/tcp');
    expect(stableLine({ ...kubelet, name: 'w1', node: 'w1', nodes: ['w1'] })).toBe('worker nodes, port 10250/tcp');
    expect(subjectLine({ kind: 'APIServer', name: 'kube-apiserver', port: '6443/tcp' })).toBe('APIServer kube-apiserver, port 6443/tcp');
  });
  it('has its port in lists', () =>
    expect(
      subjectList([22, 80, 443].map((port) => ({ kind: 'Node', name: 'w1', port: `${port}/tcp` }))).map((line) =>
        line.map(({ text }) => text).join(''),
      ),
    ).toEqual(['Node: w1 22/tcp, w1 80/tcp, w1 443/tcp']));
});

it('a framework names versions only where it is made for some', () => {
  expect(rangeText({ framework: 'cis-kubernetes', range: '1.34-1.35' })).toBe('made for Kubernetes 1.34-1.35');
  expect(rangeText({ framework: 'gatehouse-penetration', range: 'any version' })).toBe('meant for every version of Kubernetes');
});

it.each([
  ['manual', 'potential', true],
  ['manual', undefined, false],
  ['fail', 'potential', false],
  ['manual', 'confirmed', false],
] as const)('%s and %s is potential: %s', (outcome, certainty, potential) => expect(isPotential({ outcome, certainty })).toBe(potential));

it('evidence says where, on which nodes, at which addresses', () =>
  expect(
    evidenceText({
      evidence: [
        { source: 'network, external', looked: 'GET /', found: '200', endpoints: ['10.0.0.4:80', '[fd00::4]:80'] },
        { source: 'API', looked: 'flag', found: 'on', nodes: ['w1'] },
      ],
    }),
  ).toBe('GET /: 200 (network, external, at 10.0.0.4:80, [fd00::4]:80); flag: on (API, on w1)'));

describe('addresses in few words', () => {
  it.each([
    [['10.0.0.4:22', '10.0.0.4:80', '10.0.0.5:80', '10.0.0.5:22'], ['10.0.0.4, 10.0.0.5: 22, 80']],
    [['10.0.0.4:22'], ['10.0.0.4:22']],
    [
      ['[fd00::4]:443', '10.0.0.4:22'],
      ['[fd00::4]:443', '10.0.0.4:22'],
    ],
    [['10.0.0.10:22', '10.0.0.9:22', '10.0.0.9:22'], ['10.0.0.9, 10.0.0.10: 22']],
  ])('%j', (endpoints, lines) => expect(endpointLines(endpoints, 5)).toEqual(lines));
  it('are cut where there are too many', () =>
    expect(endpointLines(['10.0.0.1:22', '10.0.0.2:22', '10.0.0.3:22'], 2)).toEqual([
      '10.0.0.1, 10.0.0.2 and 1 more; the rest is in report.json: 22',
    ]));
});

describe('the same look from both vantages', () => {
  const look = { source: 'network, external', looked: 'GET /', found: '200', endpoints: ['10.0.0.4:80'] };
  it('is one line', () =>
    expect(mergeVantages([look, { ...look, source: 'network, internal' }])).toEqual([
      { ...look, source: 'network, external and internal' },
    ]));
  it.each([
    ['it found something else', { found: '401' }],
    ['it is another address', { endpoints: ['10.0.0.5:80'] }],
  ])('stays two where %s', (_what, change) =>
    expect(mergeVantages([look, { ...look, source: 'network, internal', ...change }])).toHaveLength(2),
  );
  it('is left alone where nothing was asked over the network', () => {
    const { endpoints: _, ...read } = look;
    expect(mergeVantages([read, read])).toHaveLength(2);
    expect(
      mergeVantages([
        { ...read, source: 'API, one' },
        { ...read, source: 'API, two' },
      ]),
    ).toHaveLength(2);
  });
});

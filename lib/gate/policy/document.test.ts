import { expect, it } from 'vitest';
import { facts, now, policyOf, scan } from '../../../test/support/judgement.ts';
import { seen } from '../../core/facts/index.ts';
import type { GateFacts, GateNode } from '../../core/gate/index.ts';
import type { Report } from '../../reports/report.ts';
import { documentOf } from './document.ts';
import { runRules } from './run-rules.ts';
import { completedScanOf, decidedPercent } from './scan-seen.ts';

const node = {
  name: 'worker-1',
  role: 'worker',
  createdAt: '2026-01-01T00:00:00Z',
  ready: true,
  cordoned: false,
  taints: [{ key: 'a', effect: 'NoSchedule' }],
  labels: { zone: 'x' },
  kubeletVersion: 'v1.35.4',
  containerRuntime: 'containerd://2.1.0',
  osImage: 'Ubuntu',
  kernelVersion: '6.8',
  allocatableCpu: 2000,
  allocatableMemory: 8_000_000_000,
  allocatablePods: 110,
} as unknown as GateNode;
const failure = { check: 'kubelet/x', subject: 'Nodes worker', severity: 'high', isNew: true, waiver: null } as const;
const check = {
  id: 'drain.pdb',
  outcome: 'fail',
  required: true,
  severity: 'high',
  message: 'm',
  resources: [
    { kind: 'Pod', namespace: 'shop', name: 'front' },
    { kind: 'Node', name: 'n' },
  ],
} as const;
const document = documentOf({
  facts: { ...facts, nodes: seen([node]), clusterApi: seen({ isInstalled: false, objects: [] }) } as GateFacts,
  tags: { env: 'prod' },
  current: 'v1.35.4',
  target: 'v1.36.3',
  checks: [{ ...check, resources: [...check.resources] }],
  scans: [{ kind: 'configuration', completed: scan({ failures: [failure] }) }, { kind: 'sbom' }],
  requestedBy: 'ada',
  now,
});

it.each([
  'object.cluster.tags.env == "prod" && object.cluster.name == "prod-eu"',
  'object.nodes.all(n, n.kubelet == "v1.35.4" && n.runtime.startsWith("containerd") && n.cpu == 2000 && n.memory > 7000000000 && n.labels.zone == "x")',
  'object.nodes[0].taints.exists(t, t.key == "a") && now - object.nodes[0].createdAt > duration("24h")',
  'object.checks["drain.pdb"].resources == ["shop/front", "n"] && object.checks["drain.pdb"].required',
  'object.scans.configuration.failed.high == 1 && object.scans.configuration.failed.critical == 0 && object.scans.configuration.newlyFailed.high == 1',
  '"kubelet/x" in object.scans.configuration.failing && object.scans.configuration.decided == 90 && object.scans.configuration.benchmark == "2.0.1"',
  '!has(object.scans.sbom) && !object.managedByClusterApi && request.by == "ada"',
])('rules read: %s', (expression) => {
  const policy = policyOf(`  checks: {}\n  validations:\n    - id: x\n      expression: '${expression}'\n`);
  expect(runRules(policy, document)).toEqual([{ id: 'x', outcome: 'pass', message: 'The rule holds.' }]);
  // as it comes to the thread
  expect(runRules(policy, JSON.parse(JSON.stringify(document)))[0]?.outcome).toBe('pass');
});

it('takes of a report what demands look at', () => {
  const finding = (outcome: string, fingerprint: string) => ({
    check: `c/${outcome}`,
    subject: { kind: 'Deployment', namespace: 'shop', name: 'front' },
    severity: 'high',
    outcome,
    fingerprint,
    waiver: null,
  });
  const report = {
    scan: { id: 'scn-1', endedAt: now, benchmark: { framework: 'f', version: '1', range: '', inRange: true } },
    coverage: { total: 4, decided: 3 },
    findings: [finding('fail', 'a'), finding('pass', 'b')],
    changes: { newFindings: ['a'] },
  } as unknown as Report;
  const taken = completedScanOf(report, 'ab');
  expect(taken).toMatchObject({
    scanId: 'scn-1',
    completedAt: now,
    isCompared: true,
    failures: [{ check: 'c/fail', subject: 'Deployment shop/front', isNew: true }],
  });
  expect([taken.failures.length, decidedPercent(taken)]).toEqual([1, 75]);
  expect(completedScanOf({ ...report, changes: null }, 'ab').isCompared).toBe(false);
  const advisories = [
    { ecosystem: 'Debian:12', packages: 3, dataDate: '2026-11-01', stale: true },
    { ecosystem: 'Go', packages: 1, dataDate: '2026-11-26', stale: false },
  ];
  const sbom = { scope: 'cluster', images: [], advisories, unscored: 7, fixable: 0 };
  expect(completedScanOf({ ...report, sbom }, 'ab')).toMatchObject({ unscored: 7, staleAdvisories: ['Debian:12'] });
  expect(taken.staleAdvisories).toBeUndefined();
});

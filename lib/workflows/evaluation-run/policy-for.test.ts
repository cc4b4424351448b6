import { afterEach, beforeEach, expect, it } from 'vitest';
import { codeOf, must, sayOf } from '../../../test/support/answers.ts';
import { aCluster, aProject, storeFleet } from '../../../test/support/fleet.ts';
import { policyText } from '../../../test/support/judgement.ts';
import { createServicePorts, type TestService } from '../../../test/support/service.ts';
import type { Records } from '../../records/index.ts';
import { needPolicy, policyFor } from './policy-for.ts';

const projectId = 'prj-000000000001';
const clusterId = 'cls-000000000001';
const good = policyText('  checks: {required: [path.*]}\n');
const at = '2026-11-27T12:00:00.000Z';

let service: TestService;
let records: Records;
beforeEach(() => {
  service = createServicePorts();
  records = service.ports.records;
});
afterEach(() => service.close());

const store = async (name: string, document = good, active: number | null = 1, version = 1): Promise<void> => {
  const createdBy = { type: 'person' as const, id: 'usr-00000000000a', name: 'Ann' };
  must(await records.policyVersions.create({ projectId, name, version, sha256: 'x', document, createdAt: at, createdBy }));
  const head = { projectId, name, latest: version, createdAt: at, changedAt: at };
  must(await records.policies.create(active === null ? head : { ...head, active }));
};
const fleet = (ofProject?: string, ofCluster?: string) =>
  storeFleet(records, {
    projects: [aProject(ofProject === undefined ? {} : { gatePolicy: ofProject })],
    clusters: [aCluster(ofCluster === undefined ? {} : { gatePolicy: ofCluster })],
  });
const decides = async (wanted?: string) => {
  const { name, version, compiled } = must(await policyFor(records, { projectId, clusterId }, wanted));
  return [name, version, compiled.policy.metadata.name];
};

it('is the built-in one that asks for scans, where nobody chose', async () => {
  await fleet();
  expect(await decides()).toEqual(['default', undefined, 'default']);
});

it('is that of the project, of the cluster before it, and before both the one that is asked for', async () => {
  await fleet('strict', 'live-facts');
  await store('strict');
  expect(await decides()).toEqual(['live-facts', undefined, 'live-facts']);
  expect(await decides('strict')).toEqual(['strict', 1, 'test']);
  must(await records.clusters.update({ projectId, clusterId }, ({ gatePolicy: _, ...rest }) => ({ ok: true, value: rest })));
  expect(await decides()).toEqual(['strict', 1, 'test']);
});

it('is the active version, not the newest', async () => {
  await fleet('strict');
  const newer = policyText('  checks: {required: [skew.*]}\n');
  await store('strict', newer, 1, 2);
  const createdBy = { type: 'person' as const, id: 'usr-00000000000a', name: 'Ann' };
  must(
    await records.policyVersions.create({ projectId, name: 'strict', version: 1, sha256: 'x', document: good, createdAt: at, createdBy }),
  );
  const found = must(await policyFor(records, { projectId, clusterId }));
  expect([found.version, found.compiled.policy.spec.checks.required]).toEqual([1, ['path.*']]);
});

it.each(['strict', '../x', '__proto__', 'toString'])('fails for one that is not in the project: %s', async (name) => {
  await fleet();
  expect(codeOf(await policyFor(records, { projectId, clusterId }, name))).toBe('not-found');
  expect(sayOf(await needPolicy(records, projectId, name))).toContain('live-facts, default');
});

it('fails for one of which no version is active, and for one of another project', async () => {
  await fleet();
  await store('strict', good, null);
  expect(sayOf(await policyFor(records, { projectId, clusterId }, 'strict'))).toContain('no active version');
  expect(codeOf(await needPolicy(records, projectId, 'strict'))).toBe('conflict');
  expect(codeOf(await needPolicy(records, 'default', 'strict'))).toBe('not-found');
});

it('fails for one that this version of Gatehouse does not understand any more, and says where', async () => {
  await fleet('old');
  await store('old', policyText('  checks: {required: [path.gone-check]}\n'));
  const found = await policyFor(records, { projectId, clusterId });
  expect([codeOf(found), sayOf(found)]).toEqual(['conflict', expect.stringContaining('Version 1 of the policy "old" does not fit')]);
  expect(sayOf(found)).toContain('line 6');
});

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createEvidenceFolder } from '../../lib/adapters/local/evidence-folder.ts';
import { failed, succeed } from '../../lib/core/failure.ts';
import type { Actor } from '../../lib/fleet/common.ts';
import type { EvaluationRecord } from '../../lib/fleet/evaluation.ts';
import { scanIdOf } from '../../lib/fleet/scan-id.ts';
import type { EvaluationRequest } from '../../lib/gate/request.ts';
import { readPublicKey } from '../../lib/reports/evidence/signature.ts';
import { askEvaluation, awaitEvaluation, readEvaluation } from '../../lib/service/asking.ts';
import { judgedFile } from '../../lib/workflows/evaluation-run/store.ts';
import { queueScan } from '../../lib/workflows/queue-scan.ts';
import { restartEvaluations } from '../../lib/workflows/upkeep/restart-evaluations.ts';
import { verifyStoredEvidence } from '../../lib/workflows/verify-evidence.ts';
import { must } from '../support/answers.ts';
import { recordingOf, replayConnector } from '../support/replayed-cluster.ts';
import {
  clusterId,
  furnish,
  openScanService,
  projectId,
  type ScanService,
  type ScanServiceOptions,
  until,
} from '../support/scan-service.ts';

const person: Actor = { type: 'person', id: 'usr-00000000000a', name: 'Ada' };
const open: ScanService[] = [];
afterEach(async () => {
  for (const service of open.splice(0)) await service.close();
});

const start = async (options: Partial<ScanServiceOptions> = {}, folder = mkdtempSync(join(tmpdir(), 'gatehouse-evaluation-'))) => {
  const service = await openScanService(folder, { connector: replayConnector(() => recordingOf('before')), ...options });
  open.push(service);
  await furnish(service);
  service.engine.resume();
  return { service, folder };
};

const request = (changes: Partial<EvaluationRequest> = {}): EvaluationRequest => ({
  cluster: clusterId,
  action: 'upgrade',
  target: { kubernetesVersion: 'v1.37.0' },
  policy: 'live-facts',
  idempotencyKey: 'run-1',
  source: { system: 'api' },
  ...changes,
});
const ask = async (service: ScanService, changes: Partial<EvaluationRequest> = {}): Promise<EvaluationRecord> =>
  must(await askEvaluation({ ...service.ports, starter: service.starter }, { projectId, request: request(changes), requestedBy: person }));
const decided = async (service: ScanService, changes: Partial<EvaluationRequest> = {}): Promise<EvaluationRecord> => {
  const record = await awaitEvaluation(service.ports, await ask(service, changes), 20);
  expect(record.state).toBe('decided');
  return record;
};
const verified = async (service: ScanService, folder: string) => {
  const key = must(readPublicKey(must(await service.ports.signer.publicKey()), 'the key'));
  return must(await verifyStoredEvidence({ source: createEvidenceFolder(join(folder, 'evidence', 'objects')), keys: [key], expected: {} }));
};

describe('an evaluation in the service', () => {
  it('is decided, stored as PDF, CSV and JSON with what was judged, sealed in the chain of its cluster, and told', async () => {
    const { service, folder } = await start();
    const record = await decided(service);
    // a recording of a configuration scan does not hold all that the gate reads: what nobody could look at denies
    expect(record).toMatchObject({
      verdict: 'deny',
      allowed: false,
      current: expect.stringMatching(/^v1\./),
      policy: { name: 'live-facts' },
    });
    expect(record.artefacts.map(({ name }) => name).toSorted()).toEqual([
      'evaluation.csv',
      'evaluation.json',
      'evaluation.pdf',
      judgedFile,
      'manifest.sig.json',
    ]);
    expect(record.manifest?.sequence).toBe(1);
    const whole = await readEvaluation(service.ports, record);
    expect(whole).toMatchObject({ id: record.id, verdict: 'deny', requestedBy: 'Ada', target: 'v1.37.0' });
    expect(whole?.checks.length).toBeGreaterThan(50);
    expect(service.published).toMatchObject([
      { id: `${record.id}-decided`, type: 'evaluation.decided', data: { verdict: 'deny', allowed: false, evaluationId: record.id } },
    ]);
    const verification = await verified(service, folder);
    expect(verification.problem).toBeNull();
    expect(verification.chains).toMatchObject([{ manifests: 1, evaluations: 1, ended: {} }]);
  });

  it('is the same one for the same question with the same key, also when it is asked twice at once, and another one for another', async () => {
    const { service } = await start();
    const [one, other] = await Promise.all([ask(service), ask(service)]);
    expect(other.id).toBe(one.id);
    await awaitEvaluation(service.ports, one, 20);
    expect((await ask(service)).id).toBe(one.id);
    for (const changes of [{ idempotencyKey: 'run-2' }, { target: { kubernetesVersion: 'v1.36.9' } }, { policy: 'default' }])
      expect((await ask(service, changes)).id).not.toBe(one.id);
  });

  it('says what changed since the last answer to the same question', async () => {
    const { service } = await start();
    const first = await decided(service);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const second = await decided(service, { idempotencyKey: 'run-2' });
    expect((await readEvaluation(service.ports, second))?.previous).toMatchObject({ id: first.id, verdict: 'deny' });
  });

  it.each([
    [
      'a cluster that does not answer',
      {
        connector: {
          ...replayConnector(() => recordingOf('before')),
          connect: async () => failed('cluster-unreachable', 'Nobody answers there.'),
        },
      },
      {},
    ],
    ['a policy that is not there', {}, { policy: 'strict' }],
  ] as const)('is an error, never allowed, and sealed all the same: %s', async (_, options, changes) => {
    const { service, folder } = await start(options as Partial<ScanServiceOptions>);
    const record = await decided(service, changes);
    expect(record).toMatchObject({ verdict: 'error', allowed: false, manifest: { sequence: 1 } });
    expect((await verified(service, folder)).problem).toBeNull();
    // an answer that could not be made is not given again
    expect((await ask(service, changes)).id).not.toBe(record.id);
  });
});

/** A policy of the project that asks for a scan and nothing else. */
const storePolicy = async ({ records, ports }: ScanService): Promise<void> => {
  const now = ports.clock.now();
  const document = `apiVersion: gate.gatehouse.dev/v1alpha1
kind: GatePolicy
metadata:
  name: only-scans
spec:
  checks: {}
  scans:
    - {kind: configuration, maxAge: 24h}
`;
  const own = { projectId, name: 'only-scans' };
  must(await records.policies.create({ ...own, latest: 1, active: 1, createdAt: now, changedAt: now }));
  must(await records.policyVersions.create({ ...own, version: 1, sha256: 'a'.repeat(64), document, createdAt: now, createdBy: person }));
};

describe('evidence that the policy asks for', () => {
  it('is waited for while a scan of its kind is on its way', async () => {
    const { service } = await start();
    await storePolicy(service);
    const queuedAt = service.ports.clock.now();
    const id = scanIdOf({ kind: 'configuration', clusterId, at: queuedAt, nonce: '1' });
    const trigger = { type: 'person', actor: person } as const;
    const queued = { id, projectId, clusterId, kind: 'configuration' as const, trigger, options: { nodeFacts: false }, queuedAt };
    // whoever starts its run is late
    must(await service.records.scans.create({ ...queued, state: 'queued', artefacts: [] }));
    const record = await ask(service, { policy: 'only-scans' });
    const waiting = await until('a first look', async () => {
      const now = (await service.records.evaluations.get({ clusterId, name: record.id }))?.value;
      return now?.lookedAt === undefined ? undefined : now;
    });
    expect(waiting).toMatchObject({ state: 'queued', verdict: 'pending', allowed: false, summary: expect.stringContaining(id) });
    must(await queueScan(service.records, service.starter, queued));
    const done = await awaitEvaluation(service.ports, waiting, 40);
    expect(done).toMatchObject({ state: 'decided', verdict: 'allow', allowed: true, policy: { name: 'only-scans', version: 1 } });
    expect((await readEvaluation(service.ports, done))?.evidence).toMatchObject([{ kind: 'configuration', scanId: id }]);
    expect(service.published.filter(({ type }) => type === 'evaluation.decided')).toHaveLength(1);
  }, 60_000);

  it('can be asked to be younger than the policy wants, never older', async () => {
    const { service } = await start();
    await storePolicy(service);
    const queuedAt = service.ports.clock.now();
    const id = scanIdOf({ kind: 'configuration', clusterId, at: queuedAt, nonce: '1' });
    const trigger = { type: 'person', actor: person } as const;
    must(
      await queueScan(service.records, service.starter, {
        id,
        projectId,
        clusterId,
        kind: 'configuration',
        trigger,
        options: { nodeFacts: false },
        queuedAt,
      }),
    );
    await until('the scan', async () => {
      const scan = (await service.records.scans.get({ clusterId, name: id }))?.value;
      return scan?.state === 'completed' ? scan : undefined;
    });
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    const verdictFor = async (maxEvidenceAge: string, idempotencyKey: string) =>
      (await decided(service, { policy: 'only-scans', maxEvidenceAge, idempotencyKey })).verdict;
    expect(await verdictFor('1s', 'younger')).toBe('deny');
    expect(await verdictFor('9999h', 'older')).toBe('allow');
  }, 60_000);
});

describe('what upkeep does for evaluations', () => {
  const upkeepPorts = (service: ScanService) => ({ ...service.ports, shortLived: service.shortLived, starter: service.starter });

  it('starts one that nobody started, and once is enough', async () => {
    const { service } = await start();
    const ports = { ...service.ports, starter: { start: async () => succeed(undefined) } };
    const record = must(await askEvaluation(ports, { projectId, request: request(), requestedBy: person }));
    const old = { ...record, requestedAt: '2026-11-27T12:00:00.000Z' };
    const stored = await service.records.evaluations.get({ clusterId, name: record.id });
    if (stored) must(await service.records.evaluations.replace(stored, old));
    await restartEvaluations(upkeepPorts(service), projectId);
    await restartEvaluations(upkeepPorts(service), projectId);
    expect((await awaitEvaluation(service.ports, record, 20)).state).toBe('decided');
    expect(service.published).toHaveLength(1);
  });

  it('has sealed what was decided while the key was away', async () => {
    const { service, folder } = await start();
    const { signer } = service.ports;
    const sign = signer.sign.bind(signer);
    let isAway = true;
    Object.assign(signer, { sign: async (bytes: Uint8Array) => (isAway ? failed('timed-out', 'The key does not answer.') : sign(bytes)) });
    const record = await ask(service);
    const unsealed = await awaitEvaluation(service.ports, record, 30);
    expect(unsealed).toMatchObject({ state: 'decided', verdict: 'deny' });
    expect(unsealed.manifest).toBeUndefined();
    isAway = false;
    const stored = await service.records.evaluations.get({ clusterId, name: record.id });
    if (stored) must(await service.records.evaluations.replace(stored, { ...stored.value, evaluatedAt: '2026-11-27T12:00:00.000Z' }));
    await restartEvaluations(upkeepPorts(service), projectId);
    const sealed = await until('the seal', async () => {
      const now = (await service.records.evaluations.get({ clusterId, name: record.id }))?.value;
      return now?.manifest ? now : undefined;
    });
    expect(sealed.manifest?.sequence).toBe(1);
    expect((await verified(service, folder)).problem).toBeNull();
  }, 60_000);
});

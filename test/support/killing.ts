import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished } from 'vitest';
import { createEvidenceFolder } from '../../lib/adapters/local/evidence-folder.ts';
import { scanIdOf } from '../../lib/fleet/scan-id.ts';
import { partitions } from '../../lib/records/index.ts';
import { Manifest } from '../../lib/reports/evidence/manifest.ts';
import { readPublicKey } from '../../lib/reports/evidence/signature.ts';
import { queueScan } from '../../lib/workflows/queue-scan.ts';
import { verifyStoredEvidence } from '../../lib/workflows/verify-evidence.ts';
import { must } from './answers.ts';
import { clusterId, furnish, openScanService, projectId, type ScanService } from './scan-service.ts';
import { type Way, wayOf } from './scan-ways.ts';

const child = fileURLToPath(new URL('scan-run-child.ts', import.meta.url));

/** A data folder with a scan. */
export interface Prepared {
  readonly folder: string;
  readonly log: string;
  readonly id: string;
}

/** A data folder with a queued scan that nobody drives yet. */
export const prepare = async (way: Way = 'completed'): Promise<Prepared> => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-kill-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const log = join(folder, 'writes.log');
  writeFileSync(log, '');
  const service = await openScanService(folder, wayOf(way));
  await furnish(service);
  const queuedAt = service.ports.clock.now();
  const id = scanIdOf({ kind: 'configuration', clusterId, at: queuedAt });
  const trigger = { type: 'person', actor: { type: 'person', id: 'usr-00000000000a', name: 'Ada' } } as const;
  const options = { nodeFacts: false };
  must(await queueScan(service.records, service.starter, { id, projectId, clusterId, kind: 'configuration', trigger, options, queuedAt }));
  await wayOf(way).before?.(service, id);
  await service.close();
  return { folder, log, id };
};

/** Runs the child until it killed itself, or the run has ended. Answers what it wrote, in order. */
export const run = async ({ folder, log, id }: Prepared, at: number, when: string, way: Way = 'completed'): Promise<readonly string[]> => {
  const process_ = spawn(process.execPath, [child, folder, log, id, String(at), when, way], { stdio: ['ignore', 'pipe', 'inherit'] });
  process_.stdout.on('data', () => process_.kill('SIGKILL'));
  const signal = await new Promise((resolve) => process_.on('close', (_code, how) => resolve(how)));
  expect(signal).toBe('SIGKILL');
  return readFileSync(log, 'utf8').trim().split('\n');
};

/** Where to kill: at everything that was written, before one and after the next. */
export const kills = (writes: readonly string[]) =>
  writes.map((what, index) => ({ what, at: index + 1, when: index % 2 === 0 ? 'after' : 'before' }));

/** What a data folder holds of its scan. */
export const stateOf = async (service: ScanService, { folder, id }: Prepared) => {
  const scan = must(await service.records.scans.need({ clusterId, name: id })).value;
  const chain = [];
  for await (const { value } of service.records.chain.all(partitions.chain(clusterId))) chain.push(value.scanId);
  const pem = must(await service.ports.signer.publicKey());
  const source = createEvidenceFolder(join(folder, 'evidence', 'objects'));
  const { problem } = must(await verifyStoredEvidence({ source, keys: [must(readPublicKey(pem, 'the key'))], expected: {} }));
  const stored = must(await service.ports.objects.get(scan.manifest?.key ?? 'none', scan.manifest));
  return {
    scan,
    chain,
    problem,
    manifest: Manifest.parse(JSON.parse(Buffer.from(stored.body).toString('utf8'))),
    lane: await service.records.lanes.get({ clusterId, name: 'configuration' }),
    running: (await service.records.slots.get(projectId))?.value.running,
  };
};

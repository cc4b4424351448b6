import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createEvidenceFolder } from '../../lib/adapters/local/evidence-folder.ts';
import { isFinal } from '../../lib/fleet/scan.ts';
import { scanIdOf } from '../../lib/fleet/scan-id.ts';
import { partitions } from '../../lib/records/index.ts';
import { readPublicKey } from '../../lib/reports/evidence/signature.ts';
import { queueScan } from '../../lib/workflows/queue-scan.ts';
import { verifyStoredEvidence } from '../../lib/workflows/verify-evidence.ts';
import { must } from '../support/answers.ts';
import { recordingOf, replayConnector } from '../support/replayed-cluster.ts';
import { clusterId, furnish, openScanService, projectId, until } from '../support/scan-service.ts';

const child = fileURLToPath(new URL('../support/scan-run-child.ts', import.meta.url));
const connector = replayConnector(() => recordingOf('before'));

/** A data folder with a queued scan that nobody drives yet. */
const prepare = async (): Promise<{ folder: string; log: string; id: string }> => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-kill-'));
  const log = join(folder, 'writes.log');
  writeFileSync(log, '');
  const service = await openScanService(folder, { connector });
  await furnish(service);
  const queuedAt = service.ports.clock.now();
  const id = scanIdOf({ kind: 'configuration', clusterId, at: queuedAt });
  const trigger = { type: 'person', actor: { type: 'person', id: 'usr-00000000000a', name: 'Ada' } } as const;
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
  await service.close();
  return { folder, log, id };
};

/** Runs the child until it killed itself, or has told of the end. Answers what it wrote, in order. */
const run = async (folder: string, log: string, at: number, when: string): Promise<readonly string[]> => {
  const process_ = spawn(process.execPath, [child, folder, log, String(at), when], { stdio: ['ignore', 'pipe', 'inherit'] });
  process_.stdout.on('data', () => process_.kill('SIGKILL'));
  const signal = await new Promise((resolve) => process_.on('close', (_code, how) => resolve(how)));
  expect(signal).toBe('SIGKILL');
  return readFileSync(log, 'utf8').trim().split('\n');
};

/** Opens the folder again as the next start would, and answers what is there once the scan has ended. */
const afterwards = async (folder: string, id: string) => {
  const service = await openScanService(folder, { connector });
  try {
    service.engine.resume();
    const scan = await until(`the end of ${id}`, async () => {
      const there = must(await service.records.scans.need({ clusterId, name: id })).value;
      return isFinal(there.state) ? there : undefined;
    });
    await until('the end of its run', async () => (service.engine.describe(id)?.state === 'succeeded' ? true : undefined));
    const chain = [];
    for await (const { value } of service.records.chain.all(partitions.chain(clusterId))) chain.push(value.scanId);
    const pem = must(await service.ports.signer.publicKey());
    const source = createEvidenceFolder(join(folder, 'evidence', 'objects'));
    const { problem } = must(await verifyStoredEvidence({ source, keys: [must(readPublicKey(pem, 'the key'))], expected: {} }));
    const lane = await service.records.lanes.get({ clusterId, name: 'configuration' });
    const running = (await service.records.slots.get(projectId))?.value.running;
    return {
      state: scan.state,
      reason: scan.reason,
      files: scan.artefacts.length,
      chain,
      problem,
      lane,
      running,
      published: service.published,
    };
  } finally {
    await service.close();
  }
};

describe('a scan whose process is killed (SIGKILL)', () => {
  it('at every single thing it writes, goes on at the next start and ends once, whole and sealed', async () => {
    const whole = await prepare();
    const writes = await run(whole.folder, whole.log, 0, 'never');
    // every step of the run writes: the record, the lane, every file, the place in the chain, the event
    expect(writes).toEqual(
      expect.arrayContaining([
        'record LANE',
        'record CHAIN',
        'record SCAN',
        'object facts.json.gz',
        'object report.json',
        'object manifest.json',
        'event scan.completed',
      ]),
    );
    const kills = writes.flatMap((what, index) => [{ what, at: index + 1, when: index % 2 === 0 ? 'after' : 'before' }]);
    for (const { what, at, when } of kills) {
      const { folder, log, id } = await prepare();
      const written = await run(folder, log, at, when);
      const place = `killed ${when} ${what} (${at})`;
      expect(written, place).toHaveLength(at);
      const { published, ...state } = await afterwards(folder, id);
      expect(state, place).toEqual({
        state: 'completed',
        reason: undefined,
        files: 8,
        chain: [id],
        problem: null,
        lane: undefined,
        running: [],
      });
      // at least once: what was told, or was about to be, before the kill may be told again, under the same id
      expect(
        published.every((event) => [`${id}-started`, `${id}-completed`].includes(event.id)),
        place,
      ).toBe(true);
      const told = [...written.slice(0, when === 'after' ? at : at - 1), ...published.map(({ type }) => `event ${type}`)];
      expect(told, place).toEqual(expect.arrayContaining(['event scan.started', 'event scan.completed']));
    }
  }, 300_000);
});

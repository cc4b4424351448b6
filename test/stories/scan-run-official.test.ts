import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withDurableExecution } from '@aws/durable-execution-sdk-js';
import { LocalDurableTestRunner } from '@aws/durable-execution-sdk-js-testing';
import { afterEach, expect, it } from 'vitest';
import { failed, succeed } from '../../lib/core/failure.ts';
import { scanIdOf } from '../../lib/fleet/scan-id.ts';
import type { ScanRun } from '../../lib/ports/scan-starter.ts';
import { queueScan } from '../../lib/workflows/queue-scan.ts';
import { makeScanRun } from '../../lib/workflows/scan-run/index.ts';
import { must } from '../support/answers.ts';
import { recordingOf, replayConnector } from '../support/replayed-cluster.ts';
import { clusterId, furnish, openScanService, projectId } from '../support/scan-service.ts';

afterEach(() => LocalDurableTestRunner.teardownTestEnvironment());

// the sibling over our own engine is scan-run.test.ts: the same workflow, the same end. Here AWS's own runner drives it, with its replays
it.each([
  { name: 'with skipped time', skipTime: true },
  { name: 'in real time', skipTime: false },
])(
  'a scan ends well under the official runner $name, though the cluster and the store fail for a moment',
  { timeout: 60_000 },
  async ({ skipTime }) => {
    await LocalDurableTestRunner.setupTestEnvironment({ skipTime });
    const replayed = replayConnector(() => recordingOf('before'));
    let looks = 0;
    let stored = 0;
    const service = await openScanService(mkdtempSync(join(tmpdir(), 'gatehouse-official-')), {
      // the first look for facts meets a cluster that does not answer: tried again after a wait
      connector: {
        ...replayed,
        connect: async (kubeconfig, signal) =>
          ++looks === 3
            ? failed('cluster-unreachable', 'The cluster does not answer; check the route.')
            : replayed.connect(kubeconfig, signal),
      },
      // the first report meets a store that does not answer: the step is tried again
      aroundObjects: (store) => ({
        ...store,
        putIfAbsent: async (key, body, options) =>
          key.endsWith('report.json') && ++stored === 1
            ? failed('timed-out', 'The store did not answer; try again.')
            : store.putIfAbsent(key, body, options),
      }),
    });
    try {
      await furnish(service);
      const queuedAt = service.ports.clock.now();
      const id = scanIdOf({ kind: 'configuration', clusterId, at: queuedAt });
      const trigger = { type: 'person', actor: { type: 'person', id: 'usr-00000000000a', name: 'Ada' } } as const;
      const payload: ScanRun = { projectId, clusterId, scanId: id };
      const starter = { start: async () => succeed(undefined) };
      must(
        await queueScan(service.records, starter, {
          id,
          projectId,
          clusterId,
          kind: 'configuration',
          trigger,
          options: { nodeFacts: false },
          queuedAt,
        }),
      );
      const runner = new LocalDurableTestRunner({ handlerFunction: withDurableExecution(makeScanRun(service.ports)) });
      const run = await runner.run({ payload });
      expect(run.getStatus()).toBe('SUCCEEDED');
      expect(run.getResult()).toEqual({ state: 'completed' });
      // waits for the second look and for the second try of the step: so the code between the steps was replayed
      expect(run.getInvocations().length).toBeGreaterThan(1);
      const scan = must(await service.records.scans.need({ clusterId, name: id })).value;
      expect(scan).toMatchObject({ state: 'completed', manifest: { sequence: 1 } });
      expect(stored).toBe(2);
      expect(service.published.map((event) => event.id)).toEqual([`${id}-started`, `${id}-completed`]);
    } finally {
      await service.close();
    }
  },
);

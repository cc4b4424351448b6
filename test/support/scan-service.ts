import { mkdirSync } from 'node:fs';
import { withDurableExecution } from '@aws/durable-execution-sdk-js';
import { createDurableEngine, type DurableEngine } from '../../lib/adapters/local/durable/engine.ts';
import { createLocalScanStarter, scanHandler } from '../../lib/adapters/local/durable/local-scan-starter.ts';
import { systemClock } from '../../lib/adapters/local/system-clock.ts';
import { openDataFolder } from '../../lib/cli/serve/folder.ts';
import type { Result } from '../../lib/core/failure.ts';
import { succeed } from '../../lib/core/failure.ts';
import type { Cluster } from '../../lib/fleet/cluster.ts';
import { kubeconfigSecret } from '../../lib/fleet/cluster.ts';
import { defaultRetention } from '../../lib/fleet/project.ts';
import { runRulesHere } from '../../lib/gate/policy/run-rules.ts';
import type { ClusterConnector } from '../../lib/ports/cluster-connector.ts';
import type { GatehouseEvent } from '../../lib/ports/events.ts';
import type { ObjectStore } from '../../lib/ports/object-store.ts';
import type { RecordStore } from '../../lib/ports/record-store.ts';
import { createRecords } from '../../lib/records/index.ts';
import { type DurableRunPorts, makeDurableRuns } from '../../lib/workflows/durable-runs.ts';
import { must } from './answers.ts';

export const projectId = 'default';
export const clusterId = 'cls-0123456789ab';

export interface ScanServiceOptions {
  readonly connector: ClusterConnector;
  readonly aroundRecords?: (store: RecordStore) => RecordStore;
  readonly aroundObjects?: (store: ObjectStore) => ObjectStore;
  readonly publish?: (events: readonly GatehouseEvent[]) => Promise<Result<void>>;
  readonly concurrentScans?: number;
}

/** Real parts of one machine (SQLite, files, Ed25519, the durable engine) around a connector of the test. PDFs are short texts here: what is proven is the run, not the renderer. */
export const openScanService = async (folder: string, options: ScanServiceOptions) => {
  mkdirSync(folder, { recursive: true });
  const opened = must(await openDataFolder(folder, systemClock, () => 'http://localhost'));
  const records = createRecords(options.aroundRecords?.(opened.core) ?? opened.core);
  const published: GatehouseEvent[] = [];
  const ports: DurableRunPorts = {
    version: '0.0.0',
    records,
    objects: options.aroundObjects?.(opened.objects) ?? opened.objects,
    secrets: opened.secrets,
    signer: opened.signer,
    clock: systemClock,
    connector: options.connector,
    events: {
      publish: async (events) => {
        published.push(...events);
        return options.publish?.(events) ?? succeed(undefined);
      },
    },
    render: async (format, report) => Buffer.from(`${format} of ${report.scan.id}`),
    renderEvaluation: async (format, evaluation) =>
      Buffer.from(format === 'json' ? JSON.stringify(evaluation) : `${format} of ${evaluation.id}`),
    rules: runRulesHere,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, ms);
        signal?.addEventListener('abort', () => {
          clearTimeout(timer);
          resolve();
        });
      }),
    log: () => undefined,
  };
  const engine: DurableEngine = must(
    createDurableEngine({
      database: opened.database,
      handlers: (durableExecutionClient) => ({ [scanHandler]: withDurableExecution(makeDurableRuns(ports), { durableExecutionClient }) }),
      now: () => systemClock.now(),
      log: () => undefined,
    }),
  );
  return {
    ports,
    shortLived: opened.shortLived,
    records,
    engine,
    starter: createLocalScanStarter(engine),
    published,
    close: async () => {
      await engine.close();
      opened.database.close();
    },
  };
};
export type ScanService = Awaited<ReturnType<typeof openScanService>>;

/** A project and a registered cluster. */
export const furnish = async ({ records, ports }: ScanService, concurrentScans = 10): Promise<void> => {
  const createdAt = systemClock.now();
  must(
    await records.projects.create({
      id: projectId,
      name: 'Default',
      description: '',
      tags: [],
      retention: defaultRetention,
      concurrentScans,
      createdAt,
    }),
  );
  const cluster: Cluster = {
    id: clusterId,
    projectId,
    name: 'demo',
    description: '',
    tags: [],
    timeZone: 'UTC',
    state: 'active',
    registeredAt: createdAt,
    server: 'https://10.0.0.1:6443',
    credential: { kind: 'token', updatedAt: createdAt },
    health: { state: 'unknown' },
  };
  must(await records.clusters.create(cluster));
  must(await ports.secrets.put(kubeconfigSecret(clusterId), 'a kubeconfig'));
};

/** Waits until something is so; fails after ten seconds. */
export const until = async <T>(what: string, look: () => Promise<T | undefined>): Promise<T> => {
  for (let tries = 0; tries < 400; tries++) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`waited in vain for ${what}`);
};

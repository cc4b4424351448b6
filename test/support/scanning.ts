import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Recording } from '../../lib/adapters/kubernetes/recording.ts';
import { openFileObjects } from '../../lib/adapters/local/file-objects.ts';
import { failed, succeed } from '../../lib/core/failure.ts';
import type { ScanRecord } from '../../lib/fleet/scan.ts';
import type { ClusterConnector } from '../../lib/ports/cluster-connector.ts';
import type { RecordStore } from '../../lib/ports/record-store.ts';
import { type EvaluationRun, isEvaluationRun, type ScanRun } from '../../lib/ports/scan-starter.ts';
import { fileNames } from '../../lib/reports/renderers/renderer.ts';
import type { Report } from '../../lib/reports/report.ts';
import type { ServicePorts } from '../../lib/service/handler.ts';
import { must } from './answers.ts';
import { recordingOf, replayConnector } from './replayed-cluster.ts';
import { createServicePorts } from './service.ts';

export const uidOf = ({ reads }: Recording): string => {
  const read = reads.find(({ request }) => request === 'GET /api/v1/namespaces/kube-system')?.answer;
  if (read?.kind !== 'value') throw new Error('the recording does not say which cluster it is of');
  return (read.value as { metadata: { uid: string } }).metadata.uid;
};
/** The recorded cluster under another UID: another cluster. */
export const asAnother = (recording: Recording, uid: string): Recording =>
  JSON.parse(JSON.stringify(recording).replaceAll(uidOf(recording), uid)) as Recording;

/** The cluster `lab`, as it was recorded. */
export const lab = recordingOf('before');
export const labUid = uidOf(lab);
const other = asAnother(lab, '00000000-0000-4000-8000-000000000002');

/**
 * A service that can reach clusters: a kubeconfig is the text `lab`, `other` (another cluster) or `away` (nobody answers there); every other one is invalid. Evidence lies in real files, and starts of
 * scans are kept.
 */
export const createScanning = async (around?: (store: RecordStore) => RecordStore) => {
  const service = createServicePorts(around);
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-objects-'));
  const objects = must(
    await openFileObjects(folder, {
      now: service.ports.clock.now,
      downloads: { baseUrl: 'http://localhost', secret: randomBytes(32) },
    }),
  );
  const started: ScanRun[] = [];
  const evaluations: EvaluationRun[] = [];
  /** What each kubeconfig leads to. */
  const clusters = new Map<string, Recording | 'away'>([
    ['lab', lab],
    ['other', other],
    ['away', 'away'],
  ]);
  const state = { refusesStarts: false, closed: 0 };
  const connector: ClusterConnector = {
    examine: async (kubeconfig) =>
      clusters.has(kubeconfig)
        ? succeed({
            server: `https://${kubeconfig}.example:6443`,
            clusterName: kubeconfig,
            credential: 'token',
            credentialExpires: '2027-01-01T00:00:00.000Z',
          })
        : failed('kubeconfig-invalid', 'The kubeconfig names no cluster.'),
    connect: async (kubeconfig, signal) => {
      const there = clusters.get(kubeconfig);
      if (there === undefined || there === 'away') return failed('cluster-unreachable', 'Nobody answers there.');
      const connected = must(await replayConnector(() => there).connect(kubeconfig, signal));
      return succeed({ ...connected, close: () => void state.closed++ });
    },
  };
  const ports: ServicePorts = {
    ...service.ports,
    objects,
    connector,
    starter: {
      start: async (run) => {
        if (state.refusesStarts) return failed('timed-out', 'Nobody starts it.');
        if (isEvaluationRun(run)) evaluations.push(run);
        else started.push(run);
        return succeed(undefined);
      },
    },
  };
  return {
    ...service,
    ports,
    started,
    evaluations,
    clusters,
    state,
    close: () => {
      service.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
export type Scanning = Awaited<ReturnType<typeof createScanning>>;

/** The scan, completed, with its report stored as a run would. */
export const completed = async ({ objects }: Pick<ServicePorts, 'objects'>, scan: ScanRecord, report: Report): Promise<ScanRecord> => {
  const name = fileNames.json;
  const key = `projects/${scan.projectId}/clusters/${scan.clusterId}/scans/${scan.kind}/${scan.id}/${name}`;
  const stored = must(await objects.putIfAbsent(key, Buffer.from(JSON.stringify(report)), { contentType: 'application/json' }));
  return { ...scan, state: 'completed', startedAt: scan.queuedAt, endedAt: scan.queuedAt, artefacts: [{ name, ...stored }] };
};

import { isFinal, type ScanRecord } from '../../fleet/scan.ts';
import { type CompletedScan, completedScanOf, type ScanSeen } from '../../gate/policy/scan-seen.ts';
import { partitions } from '../../records/index.ts';
import { fileNames } from '../../reports/renderers/renderer.ts';
import { Report, type ScanKind } from '../../reports/report.ts';
import { readFile } from '../scan-run/store.ts';
import type { EvaluationRunPorts } from './ports.ts';

/** Scans that are looked through at most: several kinds share the history of a cluster. */
const mostLookedAt = 2000;

type Newest = { completed?: ScanRecord; newer?: ScanRecord; running?: ScanRecord };
type Broken = NonNullable<ScanSeen['newer']>['state'];

/** It says nothing of the cluster. */
const isIdle = ({ state }: ScanRecord): boolean => state === 'skipped' || state === 'cancelled';
const started = (scan: ScanRecord): string => scan.startedAt ?? scan.queuedAt;

/** The newest completed scan of each kind that is asked for, what came after it, and what is on its way. */
const newestOf = async ({ records }: Pick<EvaluationRunPorts, 'records'>, clusterId: string, kinds: ReadonlySet<ScanKind>) => {
  const found = new Map<ScanKind, Newest>([...kinds].map((kind) => [kind, {}]));
  let looked = 0;
  for await (const { value } of records.scans.all({ ...partitions.scans(clusterId), order: 'descending' })) {
    if (++looked > mostLookedAt || [...found.values()].every(({ completed }) => completed)) break;
    const seen = found.get(value.kind);
    if (!seen || seen.completed) continue;
    if (value.state === 'completed') seen.completed = value;
    else if (!isFinal(value.state)) seen.running ??= value;
    // one that never looked does not hide one before it that broke
    else if (!seen.newer || (isIdle(seen.newer) && !isIdle(value))) seen.newer = value;
  }
  return found;
};

const completedOf = async (ports: Pick<EvaluationRunPorts, 'objects'>, scan: ScanRecord): Promise<CompletedScan | undefined> => {
  const file = scan.artefacts.find(({ name }) => name === fileNames.json);
  return file && completedScanOf(Report.parse(JSON.parse(Buffer.from(await readFile(ports, file)).toString('utf8'))), file.sha256);
};

/** What is known of the scans of a cluster, for the kinds that a policy asks for. */
export const scansSeenIn = async (
  ports: Pick<EvaluationRunPorts, 'records' | 'objects'>,
  clusterId: string,
  kinds: ReadonlySet<ScanKind>,
): Promise<readonly ScanSeen[]> => {
  const found = await newestOf(ports, clusterId, kinds);
  return Promise.all(
    [...found].map(async ([kind, { completed, newer, running }]): Promise<ScanSeen> => {
      const report = completed && (await completedOf(ports, completed));
      return {
        kind,
        ...(report ? { completed: report } : {}),
        ...(newer
          ? { newer: { scanId: newer.id, state: newer.state as Broken, at: newer.endedAt ?? started(newer), reason: newer.reason } }
          : {}),
        ...(running ? { running: { scanId: running.id, since: started(running) } } : {}),
      };
    }),
  );
};

import { gunzipSync, gzipSync } from 'node:zlib';
import { addDays } from '../../core/time.ts';
import { type Artefact, isFinal, type ScanRecord, type ScanState } from '../../fleet/scan.ts';
import { type Patch, transition } from '../../fleet/scan-rules.ts';
import type { ScanRun } from '../../ports/scan-starter.ts';
import type { Versioned } from '../../records/collection.ts';
import { RetryThis, type ScanRunPorts } from './ports.ts';

/** Folder of a scan in the evidence store. */
export const scanFolder = ({ projectId, clusterId, id, kind }: Pick<ScanRecord, 'projectId' | 'clusterId' | 'id' | 'kind'>): string =>
  `projects/${projectId}/clusters/${clusterId}/scans/${kind}/${id}`;

/** Reads the record of a run. A record that is gone is a run that nobody wants any more. */
export const readScan = (
  { records }: Pick<ScanRunPorts, 'records'>,
  { clusterId, scanId }: ScanRun,
): Promise<Versioned<ScanRecord> | undefined> => records.scans.get({ clusterId, name: scanId });

/** Changes the record of a run, unless it has ended: what is final stays. Answers what is stored then. */
export const changeScan = async (
  { records }: Pick<ScanRunPorts, 'records'>,
  { clusterId, scanId }: ScanRun,
  change: (scan: ScanRecord) => ScanRecord,
): Promise<ScanRecord> => {
  const changed = await records.scans.update({ clusterId, name: scanId }, (scan) => ({
    ok: true,
    value: isFinal(scan.state) ? scan : change(scan),
  }));
  if (!changed.ok) throw new RetryThis(changed.failure.say);
  return changed.value.value;
};

/** Moves a run to another state, if that may follow the one it is in: a step that is repeated finds it there already. */
export const moveScan = <To extends Exclude<ScanState, 'queued'>>(
  ports: Pick<ScanRunPorts, 'records'>,
  run: ScanRun,
  to: To,
  patch: Patch<To>,
): Promise<ScanRecord> =>
  changeScan(ports, run, (scan) => {
    const moved = transition(scan, to, patch);
    return moved.ok ? moved.value : scan;
  });

/** Where the files of a scan or an evaluation lie, and from when their retention counts. */
export interface EvidenceHome {
  readonly projectId: string;
  readonly folder: string;
  readonly since: string;
}

const homeOf = (scan: ScanRecord): EvidenceHome => ({ projectId: scan.projectId, folder: scanFolder(scan), since: scan.queuedAt });

/**
 * Stores a file once. A step that was killed between storing and saying so runs again: then what it stored the first time is kept, whatever it would say now.
 */
export const keepFileIn = async (
  ports: Pick<ScanRunPorts, 'records' | 'objects'>,
  home: EvidenceHome,
  name: string,
  contentType: string,
  body: Uint8Array,
): Promise<Artefact> => {
  const key = `${home.folder}/${name}`;
  const project = await ports.records.projects.need(home.projectId);
  if (!project.ok) throw new RetryThis(project.failure.say);
  const retainUntil = addDays(home.since, project.value.value.retention.reportsDays);
  const put = await ports.objects.putIfAbsent(key, body, { contentType, retainUntil });
  if (put.ok) return { name, ...put.value };
  if (put.failure.code !== 'conflict') throw new RetryThis(put.failure.say);
  const there = await ports.objects.get(key);
  if (!there.ok) throw new RetryThis(there.failure.say);
  return { name, ...there.value.object };
};

/** Stores a file of a scan once. */
export const keepFile = (
  ports: Pick<ScanRunPorts, 'records' | 'objects'>,
  scan: ScanRecord,
  name: string,
  contentType: string,
  body: Uint8Array,
): Promise<Artefact> => keepFileIn(ports, homeOf(scan), name, contentType, body);

/** Reads a stored file, and proves that it is the one that was stored. */
export const readFile = async ({ objects }: Pick<ScanRunPorts, 'objects'>, { key, versionId, sha256 }: Artefact): Promise<Uint8Array> => {
  const read = await objects.get(key, { versionId, sha256 });
  if (!read.ok) throw new RetryThis(read.failure.say);
  return read.value.body;
};

export const toJsonBytes = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
export const pack = (value: unknown): Uint8Array => gzipSync(toJsonBytes(value));
export const unpack = <T>(bytes: Uint8Array): T => JSON.parse(gunzipSync(bytes).toString('utf8')) as T;

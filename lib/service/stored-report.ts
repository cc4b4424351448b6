import { failed, type Result, succeed } from '../core/failure.ts';
import type { Artefact, ScanRecord } from '../fleet/scan.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { ClusterName } from '../records/index.ts';
import { fileNames } from '../reports/renderers/renderer.ts';
import { Report } from '../reports/report.ts';
import type { ServicePorts } from './handler.ts';

/** A scan of a cluster of a project: what the path names must belong together. */
export const needScan = async (
  { records }: ServicePorts,
  { projectId, clusterId, scanId }: ClusterName & { readonly scanId: string },
): Promise<Result<ScanRecord>> => {
  const cluster = await records.clusters.need({ projectId, clusterId });
  if (!cluster.ok) return cluster;
  const scan = await records.scans.need({ clusterId, name: scanId });
  return scan.ok ? succeed(scan.value.value) : scan;
};

/** The file of a scan, or why there is none. */
export const fileOf = ({ id, state, artefacts, manifest }: ScanRecord, name: string): Result<Artefact> => {
  const file = [...artefacts, ...(manifest ? [manifest] : [])].find((one) => one.name === name);
  if (file) return succeed(file);
  const none = artefacts.length === 0 ? 'no files' : `no file ${name}`;
  if (state !== 'completed') return failed('conflict', `The scan ${id} is ${state} and has ${none}; only a completed scan has reports.`);
  return failed('not-found', `The scan ${id} has no file ${name}; it has ${artefacts.map((one) => one.name).join(', ')}.`);
};

/** Reports that were read last, by their hash: a report never changes, and whoever looks at one turns its pages. Few, because a large one takes tens of megabytes. */
const mostKept = 2;
const kept = new WeakMap<ObjectStore, Map<string, Report>>();

const keep = (objects: ObjectStore, sha256: string, report: Report): void => {
  const reports = kept.get(objects) ?? new Map<string, Report>();
  kept.set(objects, reports);
  reports.delete(sha256);
  reports.set(sha256, report);
  for (const oldest of [...reports.keys()].slice(0, -mostKept)) reports.delete(oldest);
};

/** The stored report of a completed scan, proven to be the one that was stored. */
export const readReportOf = async ({ objects }: ServicePorts, scan: ScanRecord): Promise<Result<Report>> => {
  // what a run left that did not complete is evidence, and no report
  const file = fileOf(scan.state === 'completed' ? scan : { ...scan, artefacts: [] }, fileNames.json);
  if (!file.ok) return file;
  const { key, versionId, sha256 } = file.value;
  const known = kept.get(objects)?.get(sha256);
  if (known) return succeed(known);
  const read = await objects.get(key, { versionId, sha256 });
  if (!read.ok) return read;
  const report = Report.parse(JSON.parse(Buffer.from(read.value.body).toString('utf8')));
  keep(objects, sha256, report);
  return succeed(report);
};

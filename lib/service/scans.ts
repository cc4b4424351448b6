import { failed, type Result, succeed } from '../core/failure.ts';
import { isFinal, type ScanRecord, type Trigger } from '../fleet/scan.ts';
import { scanIdOf } from '../fleet/scan-id.ts';
import { partitions } from '../records/index.ts';
import { compare } from '../reports/compare.ts';
import { queueScan } from '../workflows/queue-scan.ts';
import { availableKinds } from '../workflows/scan-run/available-kinds.ts';
import { findFindings } from './findings.ts';
import type { Call, Caller, HandlersOf, ServicePorts } from './handler.ts';
import { listKept } from './listing.ts';
import { fileOf, needScan, readReportOf } from './stored-report.ts';

const linkSeconds = 300;
const targetOf = ({ clusterId, id }: Pick<ScanRecord, 'clusterId' | 'id'>): string => `clusters/${clusterId}/scans/${id}`;
const triggerOf = ({ actor }: Caller): Trigger => ({ type: actor.type === 'person' ? 'person' : 'pipeline', actor });

const run = async (ports: ServicePorts, { params: { projectId, clusterId }, body, caller }: Call<'scans.run'>) => {
  const cluster = await ports.records.clusters.need({ projectId, clusterId });
  if (!cluster.ok) return cluster;
  if (cluster.value.value.state === 'removed')
    return failed('conflict', `The cluster "${cluster.value.value.name}" was removed; register it anew to scan it.`);
  const kinds = [...new Set(body.kinds)];
  const missing = kinds.filter((kind) => !availableKinds.includes(kind));
  if (missing.length > 0)
    return failed(
      'input-invalid',
      `This version of Gatehouse cannot run ${missing.join(', ')} scans; it can run ${availableKinds.join(', ')}.`,
    );
  const items: ScanRecord[] = [];
  for (const kind of kinds) {
    const queuedAt = ports.clock.now();
    const id = scanIdOf({ kind, clusterId, at: queuedAt, nonce: ports.clock.id() });
    const trigger = triggerOf(caller);
    const queued = await queueScan(ports.records, ports.starter, {
      id,
      projectId,
      clusterId,
      kind,
      trigger,
      options: body.options,
      queuedAt,
    });
    if (!queued.ok) return queued;
    items.push(queued.value);
  }
  return succeed({ body: { items }, target: `clusters/${clusterId}/scans/${items.map(({ id }) => id).join(',')}` });
};

const list = async (ports: ServicePorts, { params: { projectId, clusterId }, query }: Call<'scans.list'>) => {
  const cluster = await ports.records.clusters.need({ projectId, clusterId });
  if (!cluster.ok) return cluster;
  const { kind, state, from, to, ...paging } = query;
  const page = await listKept(
    ports.records.scans,
    { ...partitions.scans(clusterId), ...paging, order: 'descending' },
    (scan) =>
      (kind === undefined || kind.includes(scan.kind)) &&
      (state === undefined || state.includes(scan.state)) &&
      (from === undefined || Date.parse(scan.queuedAt) >= Date.parse(from)) &&
      (to === undefined || Date.parse(scan.queuedAt) <= Date.parse(to)),
  );
  return page.ok ? succeed({ body: page.value }) : page;
};

const cancel = async (ports: ServicePorts, { params, caller }: Call<'scans.cancel'>) => {
  const there = await needScan(ports, params);
  if (!there.ok) return there;
  const asked = await ports.records.scans.update({ clusterId: params.clusterId, name: params.scanId }, (scan) => {
    if (isFinal(scan.state)) return failed('conflict', `The scan has ended already: it is ${scan.state}.`);
    return succeed(scan.cancelRequested ? scan : { ...scan, cancelRequested: { by: caller.actor, at: ports.clock.now() } });
  });
  return asked.ok ? succeed({ body: asked.value.value, target: targetOf(asked.value.value) }) : asked;
};

const remove = async (ports: ServicePorts, { params }: Call<'scans.delete'>): Promise<Result<{ body: undefined; target: string }>> => {
  const there = await needScan(ports, params);
  if (!there.ok) return there;
  if (!isFinal(there.value.state)) return failed('conflict', `The scan is ${there.value.state}; cancel it first, or wait for its end.`);
  const removed = await ports.records.scans.remove({ clusterId: params.clusterId, name: params.scanId });
  return removed.ok ? succeed({ body: undefined, target: targetOf(there.value) }) : removed;
};

const download = async (ports: ServicePorts, { params }: Call<'scans.download'>) => {
  const scan = await needScan(ports, params);
  if (!scan.ok) return scan;
  const file = fileOf(scan.value, params.file);
  if (!file.ok) return file;
  const { name, contentType, size, sha256 } = file.value;
  const cluster = await ports.records.clusters.need(params);
  if (!cluster.ok) return cluster;
  const fileName = `${cluster.value.value.name.replaceAll(/[^A-Za-z0-9._-]+/g, '-')}-${params.scanId}-${name}`;
  const url = await ports.objects.temporaryUrl(file.value, { fileName, seconds: linkSeconds });
  if (!url.ok) return url;
  const expiresAt = new Date(Date.parse(ports.clock.now()) + 1000 * linkSeconds).toISOString();
  return succeed({ body: { url: url.value, expiresAt, fileName, contentType, size, sha256 } });
};

const compareScans = async (ports: ServicePorts, { params, query }: Call<'scans.compare'>) => {
  const base = await needScan(ports, { ...params, scanId: query.base });
  if (!base.ok) return base;
  const head = await needScan(ports, { ...params, scanId: query.head });
  if (!head.ok) return head;
  if (base.value.kind !== head.value.kind)
    return failed(
      'input-invalid',
      `One scan is of kind ${base.value.kind}, the other of ${head.value.kind}; compare two of the same kind.`,
    );
  const [before, after] = [await readReportOf(ports, base.value), await readReportOf(ports, head.value)];
  if (!before.ok) return before;
  if (!after.ok) return after;
  const comparison = compare(before.value, after.value);
  return comparison.ok ? succeed({ body: comparison.value }) : comparison;
};

const findings = async (ports: ServicePorts, { params, query }: Call<'scans.findings'>) => {
  const scan = await needScan(ports, params);
  if (!scan.ok) return scan;
  const report = await readReportOf(ports, scan.value);
  if (!report.ok) return report;
  const found = findFindings(report.value, query);
  return found.ok ? succeed({ body: found.value }) : found;
};

/** Scans: run, history, findings, files, comparison. */
export const scansHandlers = (ports: ServicePorts): HandlersOf<'scans'> => ({
  'scans.run': (call) => run(ports, call),
  'scans.list': (call) => list(ports, call),
  'scans.get': async ({ params }) => {
    const scan = await needScan(ports, params);
    return scan.ok ? succeed({ body: scan.value }) : scan;
  },
  'scans.cancel': (call) => cancel(ports, call),
  'scans.delete': (call) => remove(ports, call),
  'scans.findings': (call) => findings(ports, call),
  'scans.download': (call) => download(ports, call),
  'scans.compare': (call) => compareScans(ports, call),
});

import { failed, type Result, succeed } from '../core/failure.ts';
import { addMinutes, timeOf } from '../core/time.ts';
import { isFinal, type ScanRecord, type Trigger } from '../fleet/scan.ts';
import { scanIdOf } from '../fleet/scan-id.ts';
import { requestCancel } from '../fleet/scan-rules.ts';
import { partitions } from '../records/index.ts';
import { compare } from '../reports/compare.ts';
import { queueScan } from '../workflows/queue-scan.ts';
import { findFindings } from './findings.ts';
import type { Call, Caller, HandlersOf, ServicePorts } from './handler.ts';
import { withinOpenScans } from './limits.ts';
import { listKept } from './listing.ts';
import { needActive, needAvailable } from './registered.ts';
import { fileOf, needScan, readReportOf } from './stored-report.ts';

const linkMinutes = 5;
const targetOf = ({ clusterId, id }: Pick<ScanRecord, 'clusterId' | 'id'>): string => `clusters/${clusterId}/scans/${id}`;
/** A token is its owner's: what it starts, a person started. */
const triggerOf = ({ actor }: Caller): Trigger => ({ type: actor.type === 'pipeline' ? 'pipeline' : 'person', actor });

const run = async (ports: ServicePorts, { params: { projectId, clusterId }, body, caller }: Call<'scans.run'>) => {
  const cluster = await needActive(ports, { projectId, clusterId });
  if (!cluster.ok) return cluster;
  const kinds = [...new Set(body.kinds)];
  const areAvailable = needAvailable(kinds);
  if (!areAvailable.ok) return areAvailable;
  for (const kind of kinds) {
    const isWithin = await withinOpenScans(ports, clusterId, kind);
    if (!isWithin.ok) return isWithin;
  }
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
      (from === undefined || timeOf(scan.queuedAt) >= timeOf(from)) &&
      (to === undefined || timeOf(scan.queuedAt) <= timeOf(to)),
  );
  return page.ok ? succeed({ body: page.value }) : page;
};

const cancel = async (ports: ServicePorts, { params, caller }: Call<'scans.cancel'>) => {
  const there = await needScan(ports, params);
  if (!there.ok) return there;
  const asked = await ports.records.scans.update({ clusterId: params.clusterId, name: params.scanId }, (scan) =>
    requestCancel(scan, caller.actor, ports.clock.now()),
  );
  return asked.ok ? succeed({ body: asked.value.value, target: targetOf(asked.value.value) }) : asked;
};

const remove = async (ports: ServicePorts, { params }: Call<'scans.delete'>): Promise<Result<{ body: undefined; target: string }>> => {
  const there = await needScan(ports, params);
  if (!there.ok) return there;
  if (!isFinal(there.value.state)) return failed('conflict', `The scan is ${there.value.state}; cancel it first, or wait for its end.`);
  // whoever could take a run away before it is sealed could hide it
  if (there.value.unsealed)
    return failed('conflict', `The evidence of the scan ${params.scanId} is being sealed; try again in a few minutes.`);
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
  const url = await ports.objects.temporaryUrl(file.value, { fileName, seconds: 60 * linkMinutes });
  if (!url.ok) return url;
  const expiresAt = addMinutes(ports.clock.now(), linkMinutes);
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

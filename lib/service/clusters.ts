import { failed, type Result, succeed } from '../core/failure.ts';
import { type Cluster, kubeconfigSecret } from '../fleet/cluster.ts';
import { isOther, withLook } from '../fleet/cluster-rules.ts';
import { checkTimeZone } from '../fleet/schedule-zone.ts';
import { waiverGainedBy } from '../fleet/waiver-rules.ts';
import { partitions } from '../records/index.ts';
import type { ScanKind } from '../reports/report.ts';
import { scanKinds } from '../reports/report.ts';
import { availableKinds } from '../workflows/scan-run/available-kinds.ts';
import { forgetCredential } from '../workflows/scan-run/credential.ts';
import { mayChoosePolicy, withPolicy } from './chosen-policy.ts';
import type { Call, Caller, HandlersOf, ServicePorts } from './handler.ts';
import { withinClusterLimit } from './limits.ts';
import { listKept } from './listing.ts';
import { createNamed, removeNamed, replaceNamed } from './named.ts';
import { needActive, stillActive } from './registered.ts';
import { credentialOf, namedClusters, otherCluster, see, seeRegistered, twinOf } from './registering.ts';
import { removeCluster } from './removing.ts';
import { answered, given, needUnchanged } from './unchanged.ts';

const targetOf = (id: string): string => `clusters/${id}`;

const register = async (ports: ServicePorts, { params: { projectId }, body }: Call<'clusters.create'>) => {
  const { kubeconfig, ...about } = body;
  const project = await ports.records.projects.need(projectId);
  if (!project.ok) return project;
  const zone = checkTimeZone(about.timeZone);
  if (!zone.ok) return zone;
  const summary = await ports.connector.examine(kubeconfig);
  if (!summary.ok) return summary;
  const isWithin = await withinClusterLimit(ports);
  if (!isWithin.ok) return isWithin;
  const seen = await see(ports, kubeconfig);
  const twin = seen.uid !== undefined && (await twinOf(ports.records, projectId, seen.uid));
  if (twin) return failed('conflict', `This cluster is registered already, as "${twin.name}"; change that one.`);
  const now = ports.clock.now();
  const bare: Cluster = {
    id: `cls-${ports.clock.id().slice(0, 16)}`,
    projectId,
    ...about,
    state: 'active',
    registeredAt: now,
    server: summary.value.server,
    credential: credentialOf(summary.value, now),
    health: { state: 'unknown' },
  };
  // the secret first: a cluster without its secret would be a cluster nobody can scan. A crash in between leaves a secret under an id that nobody was told
  const kept = await ports.secrets.put(kubeconfigSecret(bare.id), kubeconfig);
  if (!kept.ok) return kept;
  const created = await createNamed(namedClusters(ports.records, projectId), withLook(bare, seen));
  if (!created.ok) {
    await ports.secrets.remove(kubeconfigSecret(bare.id));
    return created;
  }
  // deleted at the same moment: then the cluster must not stay behind
  const still = await ports.records.projects.need(projectId);
  if (!still.ok) {
    await removeNamed(namedClusters(ports.records, projectId), created.value);
    await ports.secrets.remove(kubeconfigSecret(bare.id));
    return still;
  }
  const { value, revision } = created.value;
  return succeed({ body: value, revision, location: `/v1/projects/${projectId}/clusters/${value.id}`, target: targetOf(value.id) });
};

const setCredentials = async (ports: ServicePorts, { params, body: { kubeconfig } }: Call<'clusters.setCredentials'>) => {
  const there = await needActive(ports, params);
  if (!there.ok) return there;
  const summary = await ports.connector.examine(kubeconfig);
  if (!summary.ok) return summary;
  const seen = await see(ports, kubeconfig);
  if (isOther(there.value, seen.uid)) return otherCluster(there.value);
  const kept = await ports.secrets.put(kubeconfigSecret(params.clusterId), kubeconfig);
  if (!kept.ok) return kept;
  const credential = credentialOf(summary.value, ports.clock.now());
  const changed = await ports.records.clusters.update(params, (cluster) => {
    const active = stillActive(cluster);
    return active.ok ? succeed({ ...withLook(cluster, seen), server: summary.value.server, credential }) : active;
  });
  if (changed.ok) return answered(changed.value, targetOf(params.clusterId));
  // removed at the same moment: its credential must not come back; a scan that still needs it forgets it at its end
  await forgetCredential(ports, params);
  return changed;
};

/** A name decides which waivers hold: whoever may not approve one must not gain one by a new name either. */
const mayRename = async (
  { records, clock }: ServicePorts,
  { projectId, name: from }: Cluster,
  to: string,
  { grants }: Caller,
): Promise<Result<void>> => {
  if (from === to || grants.may('waiver.approve', projectId)) return succeed(undefined);
  const waivers = [];
  for await (const { value } of records.waivers.all(partitions.waivers(projectId))) waivers.push(value);
  const gained = waiverGainedBy(waivers, { from, to }, clock.now());
  return gained
    ? failed(
        'permission-missing',
        `Under the name "${to}" the waiver ${gained.id} would hold for this cluster; choose another name, or ask somebody who may approve waivers.`,
        'waiver.approve',
      )
    : succeed(undefined);
};

const test = async (ports: ServicePorts, params: Call<'clusters.test'>['params']) => {
  const there = await needActive(ports, params);
  if (!there.ok) return there;
  const seen = await seeRegistered(ports, params.clusterId);
  if (!seen.ok) return seen;
  const isStranger = isOther(there.value, seen.value.uid);
  const reason = 'The address now answers as another cluster than the one that was registered; check where its kubeconfig leads.';
  const changed = await ports.records.clusters.update(params, (cluster) =>
    succeed(withLook(cluster, isStranger ? { health: { state: 'unhealthy', checkedAt: ports.clock.now(), reason } } : seen.value)),
  );
  return changed.ok ? answered(changed.value, targetOf(params.clusterId)) : changed;
};

/** Scans that are looked through for the newest of each kind at most. */
const mostLookedAt = 2000;

const kinds = async (ports: ServicePorts, { projectId, clusterId }: Call<'clusters.kinds'>['params']) => {
  const there = await ports.records.clusters.need({ projectId, clusterId });
  if (!there.ok) return there;
  const last = new Map<ScanKind, Awaited<ReturnType<typeof ports.records.scans.get>>>();
  const completed: typeof last = new Map();
  let looked = 0;
  for await (const scan of ports.records.scans.all({ ...partitions.scans(clusterId), order: 'descending' })) {
    if (!last.has(scan.value.kind)) last.set(scan.value.kind, scan);
    if (scan.value.state === 'completed' && !completed.has(scan.value.kind)) completed.set(scan.value.kind, scan);
    if (++looked >= mostLookedAt || availableKinds.every((kind) => completed.has(kind))) break;
  }
  const items = [];
  for (const kind of scanKinds) {
    const schedule = await ports.records.schedules.get({ clusterId, name: kind });
    items.push({
      kind,
      available: availableKinds.includes(kind),
      last: last.get(kind)?.value ?? null,
      lastCompleted: completed.get(kind)?.value ?? null,
      schedule: schedule?.value ?? null,
    });
  }
  return succeed({ body: { items } });
};

/** Registered clusters. */
export const clustersHandlers = (ports: ServicePorts): HandlersOf<'clusters'> => ({
  'clusters.list': async ({ params: { projectId }, query: { removed, ...query } }) => {
    const page = await listKept(
      ports.records.clusters,
      { ...partitions.clusters(projectId), ...query },
      ({ state }) => removed === true || state === 'active',
    );
    return page.ok ? succeed({ body: page.value }) : page;
  },
  'clusters.create': (call) => register(ports, call),
  'clusters.get': async ({ params }) => {
    const there = await ports.records.clusters.need(params);
    return there.ok ? answered(there.value, targetOf(params.clusterId)) : there;
  },
  'clusters.update': async ({ params: { projectId, clusterId }, body, ifMatch, caller }) => {
    const active = await needActive(ports, { projectId, clusterId });
    if (!active.ok) return active;
    const zone = checkTimeZone(body.timeZone ?? active.value.timeZone);
    if (!zone.ok) return zone;
    const named = namedClusters(ports.records, projectId);
    const there = await needUnchanged(named.entities, clusterId, ifMatch);
    if (!there.ok) return there;
    const renamed = await mayRename(ports, there.value.value, body.name ?? there.value.value.name, caller);
    if (!renamed.ok) return renamed;
    const { gatePolicy, ...rest } = body;
    const mayChoose = await mayChoosePolicy(ports, projectId, gatePolicy, caller);
    if (!mayChoose.ok) return mayChoose;
    const replaced = await replaceNamed(named, there.value, withPolicy({ ...there.value.value, ...given(rest) }, gatePolicy));
    return replaced.ok ? answered(replaced.value, targetOf(clusterId)) : replaced;
  },
  'clusters.delete': async ({ params, query, ifMatch, caller }) => {
    const removed = await removeCluster(ports, params, query.name, caller.actor, ifMatch);
    return removed.ok ? succeed({ body: undefined, target: targetOf(params.clusterId) }) : removed;
  },
  'clusters.setCredentials': (call) => setCredentials(ports, call),
  'clusters.test': ({ params }) => test(ports, params),
  'clusters.kinds': ({ params }) => kinds(ports, params),
});

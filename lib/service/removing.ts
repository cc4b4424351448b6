import { failed, type Result, succeed } from '../core/failure.ts';
import { kubeconfigSecret } from '../fleet/cluster.ts';
import type { Actor } from '../fleet/common.ts';
import { isFinal } from '../fleet/scan.ts';
import { requestCancel } from '../fleet/scan-rules.ts';
import { type ClusterName, partitions } from '../records/index.ts';
import type { ServicePorts } from './handler.ts';
import { namedClusters } from './registering.ts';
import { needUnchanged } from './unchanged.ts';

/** Asks every scan of a cluster that is alive to end; answers whether there was any. */
const endScans = async ({ records, clock }: ServicePorts, clusterId: string, by: Actor): Promise<boolean> => {
  let isAny = false;
  for await (const { value } of records.scans.all({ ...partitions.scans(clusterId), order: 'descending' })) {
    if (isFinal(value.state)) continue;
    isAny = true;
    // one that ended meanwhile refuses, and needs no asking
    await records.scans.update({ clusterId, name: value.id }, (scan) => requestCancel(scan, by, clock.now()));
  }
  return isAny;
};

/**
 * Removes a cluster: from now on nothing starts there, schedules end, scans that run are asked to end, and the evidence stays. The credential goes with the last scan, which needs it to remove what it
 * started in the cluster; without one it goes at once. Removing it again is no failure, and finishes what was interrupted.
 */
export const removeCluster = async (
  ports: ServicePorts,
  { projectId, clusterId }: ClusterName,
  typedName: string,
  by: Actor,
  ifMatch: number | undefined,
): Promise<Result<void>> => {
  const { records, secrets, clock } = ports;
  const named = namedClusters(records, projectId);
  const there = await needUnchanged(named.entities, clusterId, ifMatch);
  if (!there.ok) return there;
  const cluster = there.value.value;
  if (typedName !== cluster.name)
    return failed(
      'input-invalid',
      `"${typedName}" is not the name of the cluster; type it exactly to remove the cluster. Nothing was removed.`,
    );
  if (cluster.state === 'active') {
    const marked = await records.clusters.replace(there.value, { ...cluster, state: 'removed', removedAt: clock.now() });
    if (!marked.ok) return marked;
  }
  for await (const { value } of records.schedules.all(partitions.schedules(clusterId)))
    await records.schedules.remove({ clusterId, name: value.kind });
  const isScanning = await endScans(ports, clusterId, by);
  await records.names.release(named.scope, cluster.name, clusterId);
  return isScanning ? succeed(undefined) : secrets.remove(kubeconfigSecret(clusterId));
};

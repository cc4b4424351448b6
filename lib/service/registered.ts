import { failed, type Result, succeed } from '../core/failure.ts';
import type { Cluster } from '../fleet/cluster.ts';
import type { ClusterName } from '../records/index.ts';
import type { ScanKind } from '../reports/report.ts';
import { availableKinds } from '../workflows/scan-run/available-kinds.ts';
import type { ServicePorts } from './handler.ts';

/** A cluster that something is to be done with: one that was removed only keeps its evidence. */
export const needActive = async (
  { records }: Pick<ServicePorts, 'records'>,
  { projectId, clusterId }: ClusterName,
): Promise<Result<Cluster>> => {
  const there = await records.clusters.need({ projectId, clusterId });
  if (!there.ok) return there;
  return stillActive(there.value.value);
};

/** The same, of one that was read. */
export const stillActive = (cluster: Cluster): Result<Cluster> =>
  cluster.state === 'active'
    ? succeed(cluster)
    : failed('conflict', `The cluster "${cluster.name}" was removed; register it anew to use it.`);

/** Kinds that this version can run; `input-invalid` names those that it cannot. */
export const needAvailable = (kinds: readonly ScanKind[]): Result<void> => {
  const missing = kinds.filter((kind) => !availableKinds.includes(kind));
  return missing.length === 0
    ? succeed(undefined)
    : failed('input-invalid', `This version of Gatehouse cannot run ${missing.join(', ')} scans; it can run ${availableKinds.join(', ')}.`);
};

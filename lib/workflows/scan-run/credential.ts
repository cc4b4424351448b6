import { kubeconfigSecret } from '../../fleet/cluster.ts';
import { isFinal } from '../../fleet/scan.ts';
import { type ClusterName, partitions } from '../../records/index.ts';
import { RetryThis, type ScanRunPorts } from './ports.ts';

/** Whether a scan of a cluster has not ended. The index says which may be open, the records say which are. */
const hasOpenScan = async ({ records }: Pick<ScanRunPorts, 'records'>, { projectId, clusterId }: ClusterName): Promise<boolean> => {
  for await (const { value } of records.scans.all(partitions.openScans(projectId))) {
    if (value.clusterId !== clusterId) continue;
    const now = await records.scans.get({ clusterId, name: value.id });
    if (now && !isFinal(now.value.state)) return true;
  }
  return false;
};

/**
 * Removes the credential of a cluster that was removed, once no scan needs it any more. Called at the end of every run, because a scan that runs while its cluster is removed still has to clean up there;
 * whoever ends last removes it. Answers whether it did.
 */
export const forgetCredential = async (ports: Pick<ScanRunPorts, 'records' | 'secrets'>, cluster: ClusterName): Promise<boolean> => {
  const { projectId, clusterId } = cluster;
  const there = await ports.records.clusters.get({ projectId, clusterId });
  if (there?.value.state !== 'removed' || (await hasOpenScan(ports, cluster))) return false;
  const removed = await ports.secrets.remove(kubeconfigSecret(clusterId));
  if (!removed.ok) throw new RetryThis(removed.failure.say);
  return true;
};

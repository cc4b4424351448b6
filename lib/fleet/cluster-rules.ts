import type { Cluster, ClusterHealth } from './cluster.ts';

/** What a look at a cluster found: its health always, the UID of its namespace kube-system where it answered. */
export interface Look {
  readonly health: ClusterHealth;
  readonly uid?: string | undefined;
}

/** Whether somebody looked at another cluster than the one that is registered. One that was never reached may be any. */
export const isOther = (cluster: Pick<Cluster, 'uid'>, uid: string | undefined): boolean =>
  uid !== undefined && cluster.uid !== undefined && uid !== cluster.uid;

/** The cluster with what was just seen of it. Who it is stays once it is known; the last contact is not forgotten. */
export const withLook = (cluster: Cluster, { health, uid }: Look): Cluster => {
  const lastContactAt = health.lastContactAt ?? cluster.health.lastContactAt;
  return {
    ...cluster,
    ...(uid === undefined || cluster.uid !== undefined ? {} : { uid }),
    health: { ...health, ...(lastContactAt === undefined ? {} : { lastContactAt }) },
  };
};

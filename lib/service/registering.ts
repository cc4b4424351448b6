import { failed, type Result, succeed } from '../core/failure.ts';
import { type Cluster, kubeconfigSecret } from '../fleet/cluster.ts';
import type { Look } from '../fleet/cluster-rules.ts';
import type { KubeconfigSummary } from '../ports/cluster-connector.ts';
import type { Collection } from '../records/collection.ts';
import { partitions, type Records } from '../records/index.ts';
import type { ServicePorts } from './handler.ts';
import type { NamedEntities } from './named.ts';

const lookSeconds = 15;

/** Looks at the cluster that a kubeconfig leads to. Nothing that is wrong there is a failure: it is the health. */
export const see = async ({ connector, clock }: ServicePorts, kubeconfig: string): Promise<Look> => {
  const signal = AbortSignal.timeout(1000 * lookSeconds);
  const away = (reason: string): Look => ({ health: { state: 'unreachable', checkedAt: clock.now(), reason } });
  const connected = await connector.connect(kubeconfig, signal);
  if (!connected.ok) return away(connected.failure.say);
  try {
    // loaded when somebody registers or tests a cluster: the API starts without it
    const { lookAtCluster } = await import('../workflows/look-at-cluster.ts');
    const looked = await lookAtCluster(connected.value.access, clock.now());
    return looked.ok ? { health: looked.value.health, uid: looked.value.found?.uid } : away(looked.failure.say);
  } finally {
    connected.value.close();
  }
};

/** Looks at a registered cluster by its stored kubeconfig. */
export const seeRegistered = async (ports: ServicePorts, clusterId: string): Promise<Result<Look>> => {
  const kubeconfig = await ports.secrets.get(kubeconfigSecret(clusterId));
  return kubeconfig.ok ? succeed(await see(ports, kubeconfig.value)) : kubeconfig;
};

/** What the record says of a credential. */
export const credentialOf = ({ credential, credentialExpires }: KubeconfigSummary, now: string): Cluster['credential'] => ({
  kind: credential,
  ...(credentialExpires === undefined ? {} : { expires: credentialExpires }),
  updatedAt: now,
});

/** A kubeconfig that leads to another cluster than the one that is registered. */
export const otherCluster = (cluster: Cluster): Result<never> =>
  failed(
    'conflict',
    `This kubeconfig leads to another cluster than "${cluster.name}", which was registered before; register that one on its own.`,
  );

/** The active cluster of the project that already is this one, if there is any. */
export const twinOf = async ({ clusters }: Records, projectId: string, uid: string): Promise<Cluster | undefined> => {
  for await (const { value } of clusters.all(partitions.clusters(projectId)))
    if (value.state === 'active' && value.uid === uid) return value;
  return undefined;
};

/** The clusters of one project as things with unique names. */
export const namedClusters = ({ clusters, names }: Records, projectId: string): NamedEntities<Cluster> => {
  const full = (clusterId: string) => ({ projectId, clusterId });
  const entities: Collection<Cluster, string> = {
    ...clusters,
    get: (id) => clusters.get(full(id)),
    need: (id) => clusters.need(full(id)),
    update: (id, change) => clusters.update(full(id), change),
    remove: (id, revision) => clusters.remove(full(id), revision),
  };
  return { names, scope: `clusters/${projectId}`, entities };
};

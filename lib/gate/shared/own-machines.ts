import type { ClusterApiFact, GateNode, ObjectName } from '../../core/gate/index.ts';

export type ClusterApiObject = ClusterApiFact['objects'][number];

const annotation = (name: string): string => `cluster.x-k8s.io/${name}`;

const belongs = (object: ClusterApiObject, { annotations }: GateNode): boolean =>
  object.namespace === annotations[annotation('cluster-namespace')] && object.cluster === annotations[annotation('cluster-name')];

/** Objects of Cluster API that make this very cluster, by what its nodes say of themselves: a management cluster also holds those of others, which do not stop it. */
export const ownObjects = ({ objects }: Pick<ClusterApiFact, 'objects'>, nodes: readonly GateNode[]): readonly ClusterApiObject[] => {
  const marked = nodes.find(({ annotations }) => annotations[annotation('cluster-name')] !== undefined);
  return marked === undefined ? [] : objects.filter((object) => object.cluster !== undefined && belongs(object, marked));
};

/** Name of the Machine a node runs on; undefined for a node that Cluster API did not make. */
export const machineOf = ({ annotations }: GateNode): string | undefined => annotations[annotation('machine')];

/** Just the name of an object that carries more. */
export const nameOnly = ({ kind, namespace, name }: ObjectName): ObjectName => ({
  kind,
  ...(namespace === undefined ? {} : { namespace }),
  name,
});

import { defineGateCheck, doesNotApply, fails, namesText, passes } from '../../check.ts';
import { type ClusterApiObject, nameOnly, ownObjects } from '../../shared/own-machines.ts';
import { count } from '../../shared/words.ts';

/** Conditions that should be true, by the words Cluster API ends them with. */
const mustHold = /(?:Available|Ready|Healthy|UpToDate|HealthCheckSucceeded|RemoteConnectionProbe|TopologyReconciled)$/;
/** Conditions that tell of work under way. */
const mustNotHold = new Set(['RollingOut', 'ScalingUp', 'ScalingDown', 'Remediating', 'Deleting', 'Updating']);
/** A hold that keeps new versions away, ours among them, is no trouble of the machines. */
const holds = 'LifecycleHookBlocking';

const troubleOf = ({ conditions, replicas, readyReplicas = 0, deleting }: ClusterApiObject): readonly string[] => [
  ...(deleting ? ['is being deleted'] : []),
  ...(replicas !== undefined && readyReplicas < replicas ? [`${readyReplicas} of ${replicas} ready`] : []),
  ...Object.entries(conditions).flatMap(([type, { status, reason }]) => {
    const isBad = mustNotHold.has(type) ? status === 'True' : mustHold.test(type) && status !== 'True' && reason !== holds;
    return isBad ? [`${type}=${status}${reason && reason !== type ? ` (${reason})` : ''}`] : [];
  }),
];

const watched = new Set(['Cluster', 'KubeadmControlPlane', 'Machine', 'MachineDeployment', 'MachinePool']);

export const machines = defineGateCheck({
  id: 'health.machines',
  category: 'health',
  title: 'Cluster API has its machines as they should be',
  severity: 'high',
  why: 'Cluster API starts no step of an upgrade while a machine is sick, being deleted or of an older version, so that it would stop half way.',
  repair: 'Look at the conditions with `clusterctl describe cluster`, and let work under way end.',
  links: ['https://cluster-api.sigs.k8s.io/clusterctl/commands/describe-cluster'],
  reads: ['clusterApi', 'nodes'],
  evaluate: ({ clusterApi, nodes }) => {
    const own = ownObjects(clusterApi, nodes).filter(({ kind }) => watched.has(kind));
    if (own.length === 0) return doesNotApply('No object of Cluster API here makes this cluster.');
    const sick = own.flatMap((object) => {
      const trouble = troubleOf(object);
      return trouble.length === 0 ? [] : [{ ...nameOnly(object), detail: trouble.join(', ') }];
    });
    if (sick.length > 0) return fails(`Not as they should be: ${namesText(sick)}.`, sick);
    return passes(`${count(own.length, 'object')} of Cluster API as they should be.`);
  },
});

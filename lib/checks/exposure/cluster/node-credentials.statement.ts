import { defineStatement } from '../statement.ts';
import { judgeUses, shows } from './own-and-others.ts';

/** Places of a node that are worth more than one pod, with what lies there. */
const places: readonly (readonly [path: string, what: string])[] = [
  ['/etc/kubernetes/azure.json', 'the cloud credential of an Azure node'],
  ['/etc/kubernetes/admin.conf', "an administrator's kubeconfig"],
  ['/etc/kubernetes/pki', 'keys of the control plane'],
  ['/var/lib/kubelet/pki', 'the key of the kubelet'],
  ['/var/lib/etcd', 'the data of etcd'],
  ['/run/containerd/containerd.sock', 'the socket of containerd'],
  ['/var/run/docker.sock', 'the socket of Docker'],
  ['/run/crio/crio.sock', 'the socket of CRI-O'],
];
/** /var/run is /run. */
const plain = (path: string): string => path.replace(/^\/var\/run(?=\/|$)/, '/run');

export const nodeCredentials = defineStatement({
  id: 'exposure/cluster/node-credentials',
  covers: ['KHV004'],
  title: 'Pods mount no folder of their node in which credentials lie',
  severity: 'high',
  why: 'Cloud credentials, the key of the kubelet and the socket of the container runtime give whoever breaks into the pod the node, and often more than the cluster.',
  repair: 'Mount the single file that is needed instead of a folder above it, or get what is needed by a Secret or a workload identity.',
  techniques: ['T1552.001'],
  references: ['https://kubernetes.io/docs/concepts/storage/volumes/#hostpath'],
  reads: ['workloads'],
  evaluate: ({ cluster, workloads }) =>
    judgeUses(cluster, workloads, 'hostPath volumes', ({ hostPaths }) => {
      const found = hostPaths.flatMap((path) => {
        const seen = places
          .filter(([place]) => shows(plain(path), plain(place)) || shows(plain(place), plain(path)))
          .map(([, what]) => what);
        return seen.length === 0 ? [] : [{ looked: `hostPath volume ${path}`, found: `where such a node has it: ${seen.join(', ')}` }];
      });
      return found.length === 0 ? undefined : { says: 'mounts folders of the node in which credentials lie', found };
    }),
});

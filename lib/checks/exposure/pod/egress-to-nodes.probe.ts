import { defineProbe } from '../probe.ts';

export const egressToNodes = defineProbe({
  id: 'exposure/pod/egress-to-nodes',
  covers: ['POD-03'],
  title: 'Pods cannot reach the management ports of nodes',
  severity: 'low',
  why: 'Kubelet, etcd and SSH of a node are for its administrators; a pod that can knock there needs one stolen credential or one flaw less.',
  repair: 'Deny pods the way to the addresses of nodes by a NetworkPolicy, and let through only what they need.',
  techniques: ['T1046', 'T1210'],
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/'],
  intrusiveness: 'passive',
  leaves: 'A connection that is closed at once.',
  doors: { places: ['node'], ports: [22, 2379, 10250], vantages: ['internal'] },
  send: () => [],
  // a hostPort or NodePort that somebody published there is meant to be reached
  judge: ({ published, port }) =>
    published
      ? undefined
      : {
          outcome: 'fail',
          message: 'A pod can connect to a management port of a node.',
          evidence: [{ looked: `TCP connection to port ${port} from a pod`, found: 'accepted' }],
        },
});

import { rightCheck } from '../shared/right-check.ts';

/** Every verb that a method of HTTP becomes counts: a WebSocket upgrade is a GET, so `get` alone is enough to run commands. A role limited to some nodes counts too. */
export const nodeProxy = rightCheck({
  name: 'node-proxy',
  title: 'Nobody besides the cluster itself may use the proxy of nodes',
  severity: 'high',
  doing: 'use nodes/proxy',
  rights: [
    {
      verbs: ['get', 'create', 'update', 'patch', 'delete'],
      apiGroup: '',
      resources: ['nodes/proxy'],
      isClusterScoped: true,
      named: 'counts',
    },
  ],
  why: "The right nodes/proxy reaches the kubelet's whole API, which runs commands in every pod of the node without admission or audit.",
  repair:
    'Take nodes/proxy out of the role; for metrics and configuration grant the finer nodes/metrics, nodes/stats or, from Kubernetes 1.33, nodes/configz instead.',
});

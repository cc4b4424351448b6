import type { Need } from '../../../core/need.ts';
import type { PodHome } from '../../pods/home.ts';

/** The stock image the pod runs in unless the user names another; any with Node.js 22 or newer will do. */
export const defaultProbeImage = 'docker.io/library/node:24-slim';

const labels = { 'app.kubernetes.io/name': 'gatehouse', 'app.kubernetes.io/component': 'probe' } as const;

/** Where the pod of the internal vantage lives. It keeps to the strictest Pod Security level: what it sees, any pod sees. */
export const probeHome: PodHome = {
  namespace: {
    name: 'gatehouse-probe',
    labels: {
      ...labels,
      'pod-security.kubernetes.io/enforce': 'restricted',
      'pod-security.kubernetes.io/audit': 'restricted',
      'pod-security.kubernetes.io/warn': 'restricted',
    },
  },
  labels,
  deadlineSeconds: 600,
  permissionsOption: '--kind penetration --vantage internal',
  imageOption: '--probe-image',
  imageMustHold: 'Node.js 22 or newer as `node`',
  others: ['configmaps'],
};

const namespace = probeHome.namespace.name;
const common = { apiGroup: '', feeds: [], holder: 'scanner' } as const;

/** The rights that the internal vantage uses, where the namespace is there already (`gatehouse permissions` makes it). */
export const probePodNeeds: readonly Need[] = [
  { ...common, resource: 'namespaces', verb: 'get', name: namespace, purpose: 'see whether the namespace of the pod is there' },
  { ...common, resource: 'configmaps', verb: 'create', namespace, purpose: 'hand the probe program to the pod' },
  { ...common, resource: 'configmaps', verb: 'list', namespace, purpose: 'find what an interrupted scan left' },
  { ...common, resource: 'configmaps', verb: 'delete', namespace, purpose: 'remove the program' },
  { ...common, resource: 'pods', verb: 'create', namespace, purpose: 'start one short-lived pod' },
  { ...common, resource: 'pods', verb: 'get', namespace, purpose: 'see whether the pod has finished' },
  { ...common, resource: 'pods/log', verb: 'get', namespace, purpose: 'read what the pod has seen' },
  { ...common, resource: 'pods', verb: 'list', namespace, purpose: 'find pods that an interrupted scan left' },
  { ...common, resource: 'pods', verb: 'delete', namespace, purpose: 'remove the pod' },
];

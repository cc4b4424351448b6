import type { PodHome } from '../pods/home.ts';

const labels = { 'app.kubernetes.io/name': 'gatehouse', 'app.kubernetes.io/component': 'conformance' } as const;

export const podName = 'suite';
export const accountName = 'suite';
/** Binding of the suite's account to `cluster-admin`; has no namespace. */
export const bindingName = 'gatehouse-conformance';
export const suiteContainer = 'suite';
export const outputContainer = 'output';
/** On the pod: what its lines are told from others by. */
export const nonceAnnotation = 'gatehouse.dev/nonce';

/** Where the pod of the suite lives. The pod itself keeps to the strictest Pod Security level; what its tests start lives in namespaces of their own. */
export const conformanceHome: PodHome = {
  namespace: {
    name: 'gatehouse-conformance',
    labels: {
      ...labels,
      'pod-security.kubernetes.io/enforce': 'restricted',
      'pod-security.kubernetes.io/audit': 'restricted',
      'pod-security.kubernetes.io/warn': 'restricted',
    },
  },
  labels,
  // a run may take hours; each pod has a deadline of its own, see the manifest
  deadlineSeconds: 24 * 3600,
  permissionsOption: '--kind conformance',
  imageOption: '--conformance-image',
  imageMustHold: 'the conformance suite of Kubernetes',
  others: [],
};

import { addedCapabilities, cisKubernetes } from './cis-kubernetes.ts';

/** CIS Kubernetes Benchmark 1.9, for Kubernetes 1.27. */
export const cisKubernetes19 = cisKubernetes({
  version: '1.9',
  minors: [27, 27],
  without: ['1.2.30', '4.2.14'],
  inserted: [addedCapabilities('1M')],
  lastSection: '5.7',
  automated: ['5.1.1', '5.1.2', '5.1.3', '5.1.4', '5.1.5', '5.1.6'],
});

import { addedCapabilities, cisKubernetes } from './cis-kubernetes.ts';

/** CIS Kubernetes Benchmark 1.10, for Kubernetes 1.28. */
export const cisKubernetes110 = cisKubernetes({
  version: '1.10',
  minors: [28, 28],
  without: ['1.2.30', '4.2.14'],
  inserted: [addedCapabilities('1M')],
  lastSection: '5.7',
  automated: ['5.1.1', '5.1.2', '5.1.3', '5.1.4', '5.1.5', '5.1.6'],
});

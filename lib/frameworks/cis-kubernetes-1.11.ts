import { addedCapabilities, cisKubernetes, ipAddressDeny } from './cis-kubernetes.ts';

/** CIS Kubernetes Benchmark 1.11, for Kubernetes 1.29 to 1.31. */
export const cisKubernetes111 = cisKubernetes({
  version: '1.11',
  minors: [29, 31],
  inserted: [ipAddressDeny, addedCapabilities('1M')],
});

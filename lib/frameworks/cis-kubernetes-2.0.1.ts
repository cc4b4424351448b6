import { cisKubernetes } from './cis-kubernetes.ts';

/** CIS Kubernetes Benchmark 2.0.1, for Kubernetes 1.34 and 1.35. */
export const cisKubernetes201 = cisKubernetes({ version: '2.0.1', minors: [34, 35] });

import { cisKubernetes } from './cis-kubernetes.ts';

/** CIS Kubernetes Benchmark 1.12, for Kubernetes 1.32 to 1.34. */
export const cisKubernetes112 = cisKubernetes({ version: '1.12', minors: [32, 34], levelOne: ['5.2.9'] });

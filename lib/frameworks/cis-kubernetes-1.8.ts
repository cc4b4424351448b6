import { addedCapabilities, cisKubernetes, securityContextDeny } from './cis-kubernetes.ts';

/** CIS Kubernetes Benchmark 1.8, for Kubernetes 1.26. */
export const cisKubernetes18 = cisKubernetes({
  version: '1.8',
  minors: [26, 26],
  without: ['1.2.30', '4.2.14', '4.3.1'],
  inserted: [securityContextDeny, addedCapabilities('1A')],
  lastSection: '5.7',
  automated: ['5.2.3', '5.2.4', '5.2.5', '5.2.6', '5.2.7', '5.2.8'],
});

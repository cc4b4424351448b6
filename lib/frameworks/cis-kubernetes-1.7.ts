import { addedCapabilities, cisKubernetes, securePort, securityContextDeny } from './cis-kubernetes.ts';

/** CIS Kubernetes Benchmark 1.7, for Kubernetes 1.25. */
export const cisKubernetes17 = cisKubernetes({
  version: '1.7',
  minors: [25, 25],
  without: ['1.2.30', '4.2.14', '4.3.1'],
  inserted: [securityContextDeny, securePort, addedCapabilities('1A')],
  lastSection: '5.7',
  automated: ['5.2.3', '5.2.4', '5.2.5', '5.2.6', '5.2.7', '5.2.8'],
  manual: ['4.1.9', '4.1.10'],
});

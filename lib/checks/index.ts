import { admissionChecks } from './admission/index.ts';
import { apiServerChecks } from './api-server/index.ts';
import type { AnyCheck } from './check.ts';
import { controllerManagerChecks } from './controller-manager/index.ts';
import { etcdChecks } from './etcd/index.ts';
import { filesChecks } from './files/index.ts';
import { identityChecks } from './identity/index.ts';
import { kubeProxyChecks } from './kube-proxy/index.ts';
import { kubeletChecks } from './kubelet/index.ts';
import { namespacesChecks } from './namespaces/index.ts';
import { networkChecks } from './network/index.ts';
import { podsChecks } from './pods/index.ts';
import { rbacChecks } from './rbac/index.ts';
import { schedulerChecks } from './scheduler/index.ts';
import { secretsChecks } from './secrets/index.ts';

/** Every check there is, in the order of the catalogue. */
export const checks: readonly AnyCheck[] = [
  ...apiServerChecks,
  ...controllerManagerChecks,
  ...schedulerChecks,
  ...etcdChecks,
  ...kubeletChecks,
  ...kubeProxyChecks,
  ...filesChecks,
  ...identityChecks,
  ...rbacChecks,
  ...podsChecks,
  ...networkChecks,
  ...secretsChecks,
  ...admissionChecks,
  ...namespacesChecks,
];

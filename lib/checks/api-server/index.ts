import type { AnyCheck } from '../check.ts';
import { alwaysPullImages } from './always-pull-images.check.ts';
import { anonymousAuth } from './anonymous-auth.check.ts';
import { auditLogMaxage } from './audit-log-maxage.check.ts';
import { auditLogMaxbackup } from './audit-log-maxbackup.check.ts';
import { auditLogMaxsize } from './audit-log-maxsize.check.ts';
import { auditLogPath } from './audit-log-path.check.ts';
import { auditPolicyContent } from './audit-policy-content.check.ts';
import { auditPolicyFile } from './audit-policy-file.check.ts';
import { authorizationNode } from './authorization-node.check.ts';
import { authorizationNotAlwaysAllow } from './authorization-not-always-allow.check.ts';
import { authorizationRbac } from './authorization-rbac.check.ts';
import { clientCaFile } from './client-ca-file.check.ts';
import { denyServiceExternalIps } from './deny-service-external-ips.check.ts';
import { encryptionProviderConfig } from './encryption-provider-config.check.ts';
import { encryptionProviders } from './encryption-providers.check.ts';
import { etcdCafile } from './etcd-cafile.check.ts';
import { etcdCertificate } from './etcd-certificate.check.ts';
import { eventRateLimit } from './event-rate-limit.check.ts';
import { kubeletCertificateAuthority } from './kubelet-certificate-authority.check.ts';
import { kubeletClientCertificate } from './kubelet-client-certificate.check.ts';
import { namespaceLifecycle } from './namespace-lifecycle.check.ts';
import { noAlwaysAdmit } from './no-always-admit.check.ts';
import { nodeRestriction } from './node-restriction.check.ts';
import { profiling } from './profiling.check.ts';
import { requestTimeout } from './request-timeout.check.ts';
import { runningFlags } from './running-flags.check.ts';
import { securePort } from './secure-port.check.ts';
import { securityContextDeny } from './security-context-deny.check.ts';
import { serviceAccountAdmission } from './service-account-admission.check.ts';
import { serviceAccountKeyFile } from './service-account-key-file.check.ts';
import { serviceAccountLookup } from './service-account-lookup.check.ts';
import { serviceAccountTokenExtension } from './service-account-token-extension.check.ts';
import { servingCertificate } from './serving-certificate.check.ts';
import { tlsCipherSuites } from './tls-cipher-suites.check.ts';
import { tokenAuthFile } from './token-auth-file.check.ts';

/** Checks of this folder, in the order of the catalogue. */
export const apiServerChecks: readonly AnyCheck[] = [
  anonymousAuth,
  tokenAuthFile,
  denyServiceExternalIps,
  kubeletClientCertificate,
  kubeletCertificateAuthority,
  authorizationNotAlwaysAllow,
  authorizationNode,
  authorizationRbac,
  eventRateLimit,
  noAlwaysAdmit,
  alwaysPullImages,
  serviceAccountAdmission,
  namespaceLifecycle,
  nodeRestriction,
  profiling,
  auditLogPath,
  auditLogMaxage,
  auditLogMaxbackup,
  auditLogMaxsize,
  requestTimeout,
  serviceAccountLookup,
  serviceAccountKeyFile,
  etcdCertificate,
  servingCertificate,
  clientCaFile,
  etcdCafile,
  encryptionProviderConfig,
  encryptionProviders,
  tlsCipherSuites,
  serviceAccountTokenExtension,
  auditPolicyFile,
  auditPolicyContent,
  securityContextDeny,
  securePort,
  runningFlags,
];

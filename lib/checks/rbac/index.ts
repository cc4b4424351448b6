import type { AnyCheck } from '../check.ts';
import { bindImpersonateEscalate } from './bind-impersonate-escalate.check.ts';
import { certificateApproval } from './certificate-approval.check.ts';
import { clusterAdmin } from './cluster-admin.check.ts';
import { defaultServiceAccounts } from './default-service-accounts.check.ts';
import { nodeProxy } from './node-proxy.check.ts';
import { persistentVolumeCreation } from './persistent-volume-creation.check.ts';
import { podCreation } from './pod-creation.check.ts';
import { secretAccess } from './secret-access.check.ts';
import { serviceAccountTokenMounts } from './service-account-token-mounts.check.ts';
import { systemMasters } from './system-masters.check.ts';
import { tokenCreation } from './token-creation.check.ts';
import { webhookConfiguration } from './webhook-configuration.check.ts';
import { wildcards } from './wildcards.check.ts';

/** Who may do what, in the order of the catalogue. */
export const rbacChecks: readonly AnyCheck[] = [
  clusterAdmin,
  secretAccess,
  wildcards,
  podCreation,
  defaultServiceAccounts,
  serviceAccountTokenMounts,
  systemMasters,
  bindImpersonateEscalate,
  persistentVolumeCreation,
  nodeProxy,
  certificateApproval,
  webhookConfiguration,
  tokenCreation,
];

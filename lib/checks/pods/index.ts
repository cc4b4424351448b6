import type { AnyCheck } from '../check.ts';
import { addedCapabilities } from './added-capabilities.check.ts';
import { capabilities } from './capabilities.check.ts';
import { hostIpc } from './host-ipc.check.ts';
import { hostNetwork } from './host-network.check.ts';
import { hostPath } from './host-path.check.ts';
import { hostPid } from './host-pid.check.ts';
import { hostPorts } from './host-ports.check.ts';
import { netRaw } from './net-raw.check.ts';
import { policyControl } from './policy-control.check.ts';
import { privilegeEscalation } from './privilege-escalation.check.ts';
import { privileged } from './privileged.check.ts';
import { rootContainers } from './root-containers.check.ts';
import { seccompProfile } from './seccomp-profile.check.ts';
import { securityContext } from './security-context.check.ts';
import { windowsHostProcess } from './windows-host-process.check.ts';

/** What pods may do, and what keeps them from it, in the order of the catalogue. */
export const podsChecks: readonly AnyCheck[] = [
  policyControl,
  privileged,
  hostPid,
  hostIpc,
  hostNetwork,
  privilegeEscalation,
  rootContainers,
  netRaw,
  addedCapabilities,
  capabilities,
  windowsHostProcess,
  hostPath,
  hostPorts,
  seccompProfile,
  securityContext,
];

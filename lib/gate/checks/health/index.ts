import type { AnyGateCheck } from '../../check.ts';
import { api } from './api.check.ts';
import { apiservices } from './apiservices.check.ts';
import { controlPlane } from './control-plane.check.ts';
import { cordoned } from './cordoned.check.ts';
import { crashingPods } from './crashing-pods.check.ts';
import { etcd } from './etcd.check.ts';
import { machines } from './machines.check.ts';
import { nodes } from './nodes.check.ts';
import { pendingRollout } from './pending-rollout.check.ts';
import { pressure } from './pressure.check.ts';
import { signingRequests } from './signing-requests.check.ts';

export const healthChecks: readonly AnyGateCheck[] = [
  nodes,
  pressure,
  cordoned,
  api,
  controlPlane,
  etcd,
  apiservices,
  pendingRollout,
  crashingPods,
  signingRequests,
  machines,
];

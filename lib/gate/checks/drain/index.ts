import type { AnyGateCheck } from '../../check.ts';
import { capacity } from './capacity.check.ts';
import { finalizers } from './finalizers.check.ts';
import { localStorage } from './local-storage.check.ts';
import { nakedPods } from './naked-pods.check.ts';
import { pdb } from './pdb.check.ts';
import { singleReplica } from './single-replica.check.ts';
import { toleratesUnschedulable } from './tolerates-unschedulable.check.ts';
import { unbounded } from './unbounded.check.ts';
import { volumes } from './volumes.check.ts';

export const drainChecks: readonly AnyGateCheck[] = [
  pdb,
  unbounded,
  nakedPods,
  localStorage,
  singleReplica,
  finalizers,
  volumes,
  toleratesUnschedulable,
  capacity,
];

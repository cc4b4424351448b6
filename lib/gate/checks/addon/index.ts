import type { AnyGateCheck } from '../../check.ts';
import { autoscaler } from './autoscaler.check.ts';
import { capi } from './capi.check.ts';
import { capv } from './capv.check.ts';
import { cni } from './cni.check.ts';
import { coredns } from './coredns.check.ts';
import { cpi } from './cpi.check.ts';
import { csi } from './csi.check.ts';

export const addonChecks: readonly AnyGateCheck[] = [csi, cpi, capi, capv, coredns, cni, autoscaler];

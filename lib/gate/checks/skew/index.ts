import type { AnyGateCheck } from '../../check.ts';
import { afterSkew } from './after.check.ts';
import { controlPlaneSkew } from './control-plane.check.ts';
import { cpiSkew } from './cpi.check.ts';
import { kubeProxySkew } from './kube-proxy.check.ts';
import { kubeletSkew } from './kubelet.check.ts';

export const skewChecks: readonly AnyGateCheck[] = [kubeletSkew, kubeProxySkew, cpiSkew, controlPlaneSkew, afterSkew];

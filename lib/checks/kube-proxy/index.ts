import type { AnyCheck } from '../check.ts';
import { metricsBindAddress } from './metrics-bind-address.check.ts';

/** Checks of this folder, in the order of the catalogue. */
export const kubeProxyChecks: readonly AnyCheck[] = [metricsBindAddress];

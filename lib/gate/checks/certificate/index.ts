import type { AnyGateCheck } from '../../check.ts';
import { apiserver } from './apiserver.check.ts';
import { capi } from './capi.check.ts';

// Certificates of kubelets and of the front proxy are files of the nodes: nothing that the gate reads over the API tells when they end.
export const certificateChecks: readonly AnyGateCheck[] = [apiserver, capi];

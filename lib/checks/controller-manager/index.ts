import type { AnyCheck } from '../check.ts';
import { bindAddress } from './bind-address.check.ts';
import { profiling } from './profiling.check.ts';
import { rootCaFile } from './root-ca-file.check.ts';
import { rotateKubeletServerCertificate } from './rotate-kubelet-server-certificate.check.ts';
import { serviceAccountPrivateKeyFile } from './service-account-private-key-file.check.ts';
import { terminatedPodGcThreshold } from './terminated-pod-gc-threshold.check.ts';
import { useServiceAccountCredentials } from './use-service-account-credentials.check.ts';

/** Checks of this folder, in the order of the catalogue. */
export const controllerManagerChecks: readonly AnyCheck[] = [
  terminatedPodGcThreshold,
  profiling,
  useServiceAccountCredentials,
  serviceAccountPrivateKeyFile,
  rootCaFile,
  rotateKubeletServerCertificate,
  bindAddress,
];

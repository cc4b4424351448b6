import type { AnyCheck } from '../check.ts';
import { anonymousAuth } from './anonymous-auth.check.ts';
import { authorizationMode } from './authorization-mode.check.ts';
import { clientCaFile } from './client-ca-file.check.ts';
import { eventRecordQps } from './event-record-qps.check.ts';
import { hostnameOverride } from './hostname-override.check.ts';
import { ipAddressDeny } from './ip-address-deny.check.ts';
import { iptablesUtilChains } from './iptables-util-chains.check.ts';
import { podPidsLimit } from './pod-pids-limit.check.ts';
import { readOnlyPort } from './read-only-port.check.ts';
import { rotateCertificates } from './rotate-certificates.check.ts';
import { rotateServerCertificates } from './rotate-server-certificates.check.ts';
import { seccompDefault } from './seccomp-default.check.ts';
import { servingCertificate } from './serving-certificate.check.ts';
import { streamingIdleTimeout } from './streaming-idle-timeout.check.ts';
import { tlsCipherSuites } from './tls-cipher-suites.check.ts';

/** Checks of this folder, in the order of the catalogue. */
export const kubeletChecks: readonly AnyCheck[] = [
  anonymousAuth,
  authorizationMode,
  clientCaFile,
  readOnlyPort,
  streamingIdleTimeout,
  iptablesUtilChains,
  hostnameOverride,
  eventRecordQps,
  servingCertificate,
  rotateCertificates,
  rotateServerCertificates,
  tlsCipherSuites,
  podPidsLimit,
  seccompDefault,
  ipAddressDeny,
];

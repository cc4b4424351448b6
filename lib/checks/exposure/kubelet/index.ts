import type { Probe } from '../probe.ts';
import { anonymousPods } from './anonymous-pods.probe.ts';
import { azureCredentials } from './azure-credentials.probe.ts';
import { cadvisor } from './cadvisor.probe.ts';
import { certificate } from './certificate.probe.ts';
import { checkpoint } from './checkpoint.probe.ts';
import { configuration } from './configuration.probe.ts';
import { containerLogs } from './container-logs.probe.ts';
import { figures } from './figures.probe.ts';
import { health } from './health.probe.ts';
import { logMounts } from './log-mounts.probe.ts';
import { privilegedPods } from './privileged-pods.probe.ts';
import { profiling } from './profiling.probe.ts';
import { runCommands } from './run-commands.probe.ts';
import { runningPods } from './running-pods.probe.ts';
import { systemLogs } from './system-logs.probe.ts';

export const kubeletProbes: readonly Probe[] = [
  anonymousPods,
  azureCredentials,
  cadvisor,
  certificate,
  checkpoint,
  configuration,
  containerLogs,
  figures,
  health,
  logMounts,
  privilegedPods,
  profiling,
  runCommands,
  runningPods,
  systemLogs,
];

import manifest from '../../package.json' with { type: 'json' };
import { connect } from '../adapters/kubernetes/index.ts';
import type { NodeFilesFact, Slice } from '../core/facts/index.ts';
import { type Result, succeed } from '../core/failure.ts';
import type { ScannerPorts } from '../scanners/scanner.ts';
import type { Terminal } from './terminal.ts';

/** Options of every command that talks to a cluster. */
export interface ConnectionFlags {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly clusterName?: string;
  /** Seconds. */
  readonly requestTimeout?: number;
}

/** The ports of a scan, still without its progress. */
export interface OpenPorts {
  readonly ports: Omit<ScannerPorts, 'progress'>;
  close(): void;
}

/** Ports to the user's cluster, by the user's kubeconfig. */
export const openCluster = async (flags: ConnectionFlags, { env, signal, now }: Terminal): Promise<Result<OpenPorts>> => {
  const connected = await connect({
    kubeconfig: flags.kubeconfig,
    context: flags.context,
    env,
    signal,
    version: manifest.version,
    timeoutMs: 1000 * (flags.requestTimeout ?? 30),
  });
  if (!connected.ok) return connected;
  const { access, kubelets, tls, close } = connected.value;
  return succeed({ ports: { access, kubelets, tls, signal, now }, close });
};

/** Ports of a scan: to the user's cluster, or to a recording of one. */
export interface ScanPorts extends OpenPorts {
  /** When the recording was made; undefined for a cluster. */
  readonly recordedAt?: string;
  /** Node facts of the recording. */
  readonly nodeFiles?: Slice<readonly NodeFilesFact[]>;
}

export const openScanPorts = async (
  flags: ConnectionFlags & { readonly recording?: string | undefined },
  terminal: Terminal,
): Promise<Result<ScanPorts>> => openCluster(flags, terminal);

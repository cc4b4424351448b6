import { setTimeout as wait } from 'node:timers/promises';
import manifest from '../../package.json' with { type: 'json' };
import { connect } from '../adapters/kubernetes/index.ts';
import { createKubeletProxyAccess } from '../adapters/kubernetes/kubelet-proxy.ts';
import { readRecording } from '../adapters/kubernetes/recording.ts';
import { replay } from '../adapters/kubernetes/replay.ts';
import { readText } from '../adapters/local/files.ts';
import { createProbing } from '../adapters/probing/probing.ts';
import { type NodeFilesFact, type Slice, unseen } from '../core/facts/index.ts';
import { type Result, succeed } from '../core/failure.ts';
import type { Vantage } from '../core/finding.ts';
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

/** Options of commands that may start pods, or ask kubelets through the API server. */
export interface ScanConnectionFlags extends ConnectionFlags {
  readonly nodeFacts?: boolean;
  readonly kubeletProxy?: boolean;
  readonly vantage?: readonly Vantage[];
}

/** The ports of a scan, still without its progress. */
export interface OpenPorts {
  readonly ports: Omit<ScannerPorts, 'progress'>;
  close(): void;
}

/** Waits; a signal ends it early and without a fuss. */
const sleep = (ms: number, signal?: AbortSignal): Promise<void> => wait(ms, undefined, signal ? { signal } : {}).catch(() => undefined);

/** Ports to the user's cluster, by the user's kubeconfig. */
export const openCluster = async (flags: ScanConnectionFlags, { env, signal, now }: Terminal): Promise<Result<OpenPorts>> => {
  const { kubeconfig, context, requestTimeout = 30 } = flags;
  const options = { kubeconfig, context, env, version: manifest.version, timeoutMs: 1000 * requestTimeout };
  const connected = await connect({ ...options, signal });
  if (!connected.ok) return connected;
  const { access, kubelets, tls, close } = connected.value;
  // what a scan started is removed through a connection that Ctrl-C does not close
  const startsPods = flags.nodeFacts === true || flags.vantage?.includes('internal') === true;
  const second = startsPods ? await connect(options) : undefined;
  if (second && !second.ok) return second;
  const cleaner = second?.value.access;
  const kubeletProxy = flags.kubeletProxy ? createKubeletProxyAccess(access) : undefined;
  return succeed({
    ports: { access, kubelets, tls, cleaner, kubeletProxy, probing: createProbing({ version: manifest.version }), signal, now, sleep },
    close: () => {
      close();
      cleaner?.close();
    },
  });
};

/** Ports of a scan: to the user's cluster, or to a recording of one. */
export interface ScanPorts extends OpenPorts {
  /** When the recording was made; undefined for a cluster. */
  readonly recordedAt?: string;
  /** Node facts of the recording; undefined for a cluster. */
  readonly nodeFiles?: Slice<readonly NodeFilesFact[]>;
}

const withoutNodeFacts = unseen('Files and processes on the nodes are not in the recording: record with --node-facts.');

/** Ports that answer from a recording's text; `name` is for sentences. */
export const openRecordingText = (text: string, name: string, { signal, now }: Terminal): Result<ScanPorts> => {
  const recording = readRecording(text, name);
  if (!recording.ok) return recording;
  const { recordedAt, nodeFacts } = recording.value;
  const nodeFiles = (nodeFacts ?? withoutNodeFacts) as Slice<readonly NodeFilesFact[]>;
  return succeed({ ports: { ...replay(recording.value), signal, now, sleep }, recordedAt, nodeFiles, close: () => undefined });
};

/** Ports to what the user names: a recording, else a cluster. */
export const openScanPorts = async (
  flags: ScanConnectionFlags & { readonly recording?: string | undefined },
  terminal: Terminal,
): Promise<Result<ScanPorts>> => {
  if (flags.recording === undefined) return openCluster(flags, terminal);
  const text = await readText(flags.recording, 'the recording');
  return text.ok ? openRecordingText(text.value, flags.recording, terminal) : text;
};

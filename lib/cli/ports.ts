import manifest from '../../package.json' with { type: 'json' };
import { connect } from '../adapters/kubernetes/index.ts';
import { readRecording } from '../adapters/kubernetes/recording.ts';
import { replay } from '../adapters/kubernetes/replay.ts';
import { readText } from '../adapters/local/files.ts';
import { type NodeFilesFact, type Slice, unseen } from '../core/facts/index.ts';
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
  return succeed({ ports: { ...replay(recording.value), signal, now }, recordedAt, nodeFiles, close: () => undefined });
};

export const openScanPorts = async (
  flags: ConnectionFlags & { readonly recording?: string | undefined },
  terminal: Terminal,
): Promise<Result<ScanPorts>> => {
  if (flags.recording === undefined) return openCluster(flags, terminal);
  const text = await readText(flags.recording, 'the recording');
  return text.ok ? openRecordingText(text.value, flags.recording, terminal) : text;
};

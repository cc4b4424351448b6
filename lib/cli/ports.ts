import { setTimeout as wait } from 'node:timers/promises';
import manifest from '../../package.json' with { type: 'json' };
import { type ClusterConnection, connect } from '../adapters/kubernetes/index.ts';
import { createKubeletProxyAccess } from '../adapters/kubernetes/kubelet-proxy.ts';
import { readRecording } from '../adapters/kubernetes/recording.ts';
import { replay } from '../adapters/kubernetes/replay.ts';
import { readText } from '../adapters/local/files.ts';
import type { ProbeToken } from '../adapters/probing/index.ts';
import { createProbing } from '../adapters/probing/probing.ts';
import { type NodeFilesFact, type Slice, unseen } from '../core/facts/index.ts';
import { failed, type Result, succeed } from '../core/failure.ts';
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
  readonly kind?: string;
  /** File with the token of an account whose rights are to be tried. */
  readonly probeToken?: string;
}

/** The ports of a scan, still without its progress. */
export interface OpenPorts {
  readonly ports: Omit<ScannerPorts, 'progress'>;
  close(): void;
}

/** Waits; a signal ends it early and without a fuss. */
const sleep = (ms: number, signal?: AbortSignal): Promise<void> => wait(ms, undefined, signal ? { signal } : {}).catch(() => undefined);

/** Bytes of a token; more is another file. */
const longestToken = 16_384;

/** Reads the token whose rights are to be tried. What is in the file is in no sentence. */
const readToken = async (path: string): Promise<Result<string>> => {
  const text = await readText(path, 'the token');
  if (!text.ok) return text;
  const token = text.value.trim();
  return token.length <= longestToken && /^[\w.~+/=-]+$/.test(token)
    ? succeed(token)
    : failed('input-invalid', `${path} holds no token; write the token alone into it, e.g. by \`kubectl create token default\`.`);
};

/** The token with what proves the API server to be the one that may see it. */
const tokenFor = async (path: string, trust: ClusterConnection['serverTrust']): Promise<Result<ProbeToken>> => {
  if (!trust)
    return failed(
      'input-invalid',
      '--probe-token is shown only to an API server that proves who it is; use a kubeconfig with certificate-authority-data instead of insecure-skip-tls-verify.',
    );
  const value = await readToken(path);
  return value.ok ? succeed({ value: value.value, authorities: trust.authorities }) : value;
};

/** Ports to the user's cluster, by the user's kubeconfig. */
export const openCluster = async (flags: ScanConnectionFlags, { env, signal, now }: Terminal): Promise<Result<OpenPorts>> => {
  const { kubeconfig, context, requestTimeout = 30 } = flags;
  const options = { kubeconfig, context, env, version: manifest.version, timeoutMs: 1000 * requestTimeout };
  const connected = await connect({ ...options, signal });
  if (!connected.ok) return connected;
  const { access, kubelets, tls, serverTrust, close } = connected.value;
  const token = flags.probeToken === undefined ? succeed(undefined) : await tokenFor(flags.probeToken, serverTrust);
  if (!token.ok) return token;
  // what a scan started is removed through a connection that Ctrl-C does not close
  const startsPods = flags.nodeFacts === true || flags.vantage?.includes('internal') === true || flags.kind === 'conformance';
  const second = startsPods ? await connect(options) : undefined;
  if (second && !second.ok) return second;
  const cleaner = second?.value.access;
  const kubeletProxy = flags.kubeletProxy ? createKubeletProxyAccess(access) : undefined;
  const probing = createProbing({ version: manifest.version, token: token.value });
  return succeed({
    ports: { access, kubelets, tls, cleaner, kubeletProxy, probing, signal, now, sleep },
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

import { z } from 'zod';
import { type FailureCode, failed, failureCodes, type Result, succeed } from '../../core/failure.ts';
import type { ClusterAccess, GetOptions, KubeletAccess, KubeletAddress, ListOptions, Query, TlsProbe } from '../../ports/cluster-access.ts';
import { parseJson } from './answer.ts';
import { redactValue } from './redact-value.ts';

/** The ports a scan reads a cluster through. */
export interface ClusterPorts {
  readonly access: ClusterAccess;
  readonly kubelets: KubeletAccess;
  readonly tls: TlsProbe;
}

const codes = Object.keys(failureCodes) as FailureCode[];

export const RecordedFailure = z.object({ code: z.enum(codes), say: z.string(), needs: z.string().optional() });

/** One read and what came of it: a value, the items of a list, a text, or the failure. */
export const RecordedRead = z.object({
  /** What was asked, see `requestNames`. The same request can stand here more than once, in the order it was asked. */
  request: z.string(),
  answer: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('value'), value: z.unknown() }),
    z.object({ kind: z.literal('items'), items: z.array(z.unknown()) }),
    z.object({ kind: z.literal('text'), text: z.string() }),
    z.object({ kind: z.literal('failure'), failure: RecordedFailure }),
  ]),
});
export type RecordedRead = z.infer<typeof RecordedRead>;

/**
 * Everything a scan read from a cluster, so that the scan can be repeated without it. Reads are in the order of their requests, so that two recordings
 * of one cluster can be compared line by line. What looks secret is removed (redact-value.ts). Addresses of nodes, pods and services are kept: they are
 * facts that checks judge. Only the API server's own host becomes `recorded`, in `server` and wherever a sentence or a TLS probe names it.
 */
export const Recording = z.object({
  format: z.literal('gatehouse-recording'),
  version: z.literal(1),
  /** ISO 8601. */
  recordedAt: z.string(),
  /** Name and version of what recorded, e.g. `gatehouse/0.1.0`. */
  tool: z.string(),
  /** `server` of the cluster with `recorded` in place of its host. */
  server: z.string(),
  clusterName: z.string(),
  usesToken: z.boolean(),
  reads: z.array(RecordedRead),
  /** What the short-lived pods of `--node-facts` saw, as a slice of facts: starting pods is no read, so it cannot be replayed. */
  nodeFacts: z.unknown().optional(),
});
export type Recording = z.infer<typeof Recording>;

const Certificate = z.object({ subject: z.string(), issuer: z.string(), selfSigned: z.boolean(), notAfter: z.string() });

/** The value of a recorded read of a kubelet. */
export const KubeletAnswer = z.object({ value: z.unknown(), certificate: Certificate.optional() });

/** The value of a recorded TLS probe. */
export const TlsAnswer = z.object({
  endpoint: z.string(),
  certificate: Certificate.optional(),
  weakSuitesAccepted: z.array(z.string()),
  suitesOffered: z.array(z.string()),
});

const sorted = (query: Query | undefined): string => {
  const given = Object.entries(query ?? {}).flatMap(([key, value]): [string, string][] => (value === undefined ? [] : [[key, value]]));
  const text = new URLSearchParams(given.toSorted(([a], [b]) => (a < b ? -1 : 1))).toString();
  return text === '' ? '' : `?${text}`;
};
const as = (type: string | undefined): string => (type === undefined ? '' : ` as ${type}`);

/** What each kind of read is called in a recording: method, path, sorted query and the form that was asked for. */
export const requestNames = {
  get: (path: string, options: GetOptions = {}): string => `GET ${path}${sorted(options.query)}${as(options.accept)}`,
  list: (path: string, options: ListOptions = {}): string =>
    `LIST ${path}${sorted(options.query)}${options.metadataOnly ? ' (metadata only)' : ''}`,
  text: (path: string, query?: Query): string => `TEXT ${path}${sorted(query)}`,
  kubelet: ({ node, port }: KubeletAddress, path: string, options: GetOptions = {}): string =>
    `KUBELET ${node}:${port} GET ${path}${sorted(options.query)}${as(options.accept)}`,
  tls: (host: string, port: number, suites: readonly string[]): string => `TLS ${host}:${port} ${suites.toSorted().join(' ')}`,
};

/** The text of a recording file; nothing secret gets into it, whoever added what. */
export const writeRecording = (recording: Recording): string => `${JSON.stringify(redactValue(recording), null, 1)}\n`;

/** Reads a recording file. `name` is the file's, for sentences. */
export const readRecording = (text: string, name: string): Result<Recording> => {
  const json = parseJson(text);
  const head = z.object({ format: z.literal('gatehouse-recording'), version: z.number() }).safeParse(json);
  if (!head.success) return failed('input-invalid', `${name} is no recording of Gatehouse; make one with "gatehouse record".`);
  if (head.data.version !== 1)
    return failed(
      'input-invalid',
      `${name} is a recording of version ${head.data.version}, which this Gatehouse cannot read; use a newer one.`,
    );
  const parsed = Recording.safeParse(json);
  if (parsed.success) return succeed(parsed.data);
  return failed('input-invalid', `${name} is a damaged recording (${parsed.error.issues[0]?.path.join('.')}); make it anew.`);
};

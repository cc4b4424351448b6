import type { Result } from '../../core/failure.ts';
import type { ClusterAccess, KubeletAccess, TlsProbe } from '../../ports/cluster-access.ts';
import { type ClusterPorts, type RecordedRead, type Recording, requestNames } from './recording.ts';
import { redactValue } from './redact-value.ts';

/** Ports that do as before and remember every read. */
export interface Recorder {
  readonly ports: ClusterPorts;
  /** What was read so far. `at` is the time to write into it, ISO 8601; `tool` names who recorded, e.g. `gatehouse/0.1.0`. */
  recording(at: string, tool: string): Recording;
}

type Answer = RecordedRead['answer'];

/** Wraps ports so that a recording can be made of what was read through them. Writes pass and leave no trace. */
export const record = ({ access, kubelets, tls }: ClusterPorts): Recorder => {
  const reads: { readonly request: string; answer?: Answer }[] = [];
  const server = new URL(access.server);
  const mask = maskHost(server.hostname);

  /** Notes a read when it begins, so that the order of equal requests is the order they were asked in, and its answer when it comes. */
  const note = async <T>(request: string, reading: Promise<Result<T>>, answer: (value: T) => Answer): Promise<Result<T>> => {
    const read: (typeof reads)[number] = { request };
    reads.push(read);
    const outcome = await reading;
    read.answer = outcome.ok ? answer(outcome.value) : { kind: 'failure', failure: { ...outcome.failure, say: mask(outcome.failure.say) } };
    return outcome;
  };
  const asValue = (value: unknown): Answer => ({ kind: 'value', value });

  const recordingAccess: ClusterAccess = {
    server: access.server,
    clusterName: access.clusterName,
    usesToken: access.usesToken,
    get requests() {
      return access.requests;
    },
    get: (path, schema, options) => note(requestNames.get(path, options), access.get(path, schema, options), asValue),
    text: (path, query) => note(requestNames.text(path, query), access.text(path, query), (text) => ({ kind: 'text', text })),
    list: (path, item, each, options = {}) => {
      let items: unknown[] = [];
      const { onRestart } = options;
      const restart = onRestart && {
        onRestart: () => {
          items = [];
          onRestart();
        },
      };
      const take: typeof each = (one) => {
        items.push(one);
        each(one);
      };
      return note(requestNames.list(path, options), access.list(path, item, take, { ...options, ...restart }), () => ({
        kind: 'items',
        items,
      }));
    },
    create: (path, body, schema) => access.create(path, body, schema),
    remove: (path, query) => access.remove(path, query),
    close: () => access.close(),
  };
  const recordingKubelets: KubeletAccess = {
    get: (kubelet, path, schema, options) =>
      note(requestNames.kubelet(kubelet, path, options), kubelets.get(kubelet, path, schema, options), asValue),
    close: () => kubelets.close(),
  };
  const recordingTls: TlsProbe = {
    probe: ({ host, port }, suites) =>
      note(requestNames.tls(mask(host), port, suites), tls.probe({ host, port }, suites), (fact) =>
        asValue({ ...fact, endpoint: mask(fact.endpoint) }),
      ),
  };

  return {
    ports: { access: recordingAccess, kubelets: recordingKubelets, tls: recordingTls },
    recording: (at, tool) => {
      const masked = new URL(access.server);
      masked.hostname = 'recorded';
      return {
        format: 'gatehouse-recording',
        version: 1,
        recordedAt: at,
        tool,
        server: masked.href.replace(/\/$/, ''),
        clusterName: access.clusterName,
        usesToken: access.usesToken,
        reads: reads
          .flatMap(({ request, answer }) => (answer ? [{ request, answer: redactValue(toJson(answer)) as Answer }] : []))
          .toSorted((a, b) => (a.request < b.request ? -1 : a.request > b.request ? 1 : 0)),
      };
    },
  };
};

/** The value as a file will hold it: without undefined fields, and with the others in one order, whatever order a schema names them in. */
const toJson = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  ) as unknown;

/** Replaces a host where it stands alone, not where it is part of another name or address. */
const maskHost = (host: string): ((text: string) => string) => {
  const bare = host.replace(/^\[(.*)\]$/, '$1').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = new RegExp(`(?<![\\w.:-])(?:\\[${bare}\\]|${bare})(?!\\.?[\\w-])`, 'g');
  return (text) => text.replace(pattern, 'recorded');
};

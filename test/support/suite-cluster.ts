import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { type Failure, failed, type Result, succeed } from '../../lib/core/failure.ts';
import type { ClusterAccess } from '../../lib/ports/cluster-access.ts';

/** An object as it lies in the cluster. */
export interface Lying {
  readonly metadata: {
    readonly name: string;
    readonly creationTimestamp?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec?: unknown;
  readonly status?: unknown;
}

export const suitePath = '/api/v1/namespaces/gatehouse-conformance/pods/suite';
const ready = (status = 'True', lastTransitionTime = '2026-01-01T00:00:00Z') => [{ type: 'Ready', status, lastTransitionTime }];

/** A node of the cluster. */
export const suiteNode = (
  name: string,
  more: { readonly spec?: object; readonly ready?: string; readonly labels?: object } = {},
): Lying => ({
  metadata: { name, labels: { 'kubernetes.io/os': 'linux', ...more.labels } },
  spec: more.spec ?? {},
  status: {
    conditions: ready(more.ready),
    addresses: [],
    nodeInfo: { kubeletVersion: 'v1.36.3', osImage: 'Debian', operatingSystem: 'linux', containerRuntimeVersion: 'containerd://1' },
  },
});

/** What the second container prints of some files. */
export const delivered = (nonce: string, files: Readonly<Record<string, string>>): string =>
  Object.entries(files)
    .flatMap(([name, text]) => [
      `gatehouse-file ${nonce} ${name} begin ${Buffer.byteLength(text)} ${createHash('sha256').update(text).digest('hex')}`,
      `gatehouse-file ${nonce} ${name} 0 ${gzipSync(text).toString('base64')}`,
      `gatehouse-file ${nonce} ${name} end 1`,
    ])
    .join('\n');

/** Status of the pod of the suite. */
export const suiteStatus = (suite: object, output: object = { running: {} }, more: object = { phase: 'Running' }) => ({
  ...more,
  containerStatuses: [
    { name: 'suite', state: suite },
    { name: 'output', state: output },
  ],
});

interface Options {
  readonly mayBind?: boolean;
  readonly nodes?: readonly Lying[];
  readonly refuse?: (verb: string, path: string) => Failure | undefined;
}

/** A cluster in memory as far as a conformance scan sees one: objects by their path, logs by container. Its clock is the test's. */
export const suiteCluster = ({ mayBind = true, nodes = [suiteNode('w1'), suiteNode('w2')], refuse }: Options = {}) => {
  const objects = new Map<string, Lying>(nodes.map((node) => [`/api/v1/nodes/${node.metadata.name}`, node]));
  const logs = new Map<string, string>();
  const asked: string[] = [];
  let clock = Date.parse('2026-01-01T00:00:00Z');
  const now = () => new Date(clock).toISOString();
  const fitting = <T>(schema: { safeParse(value: unknown): { success: boolean; data?: T } }, value: unknown): Result<T> => {
    const read = schema.safeParse(value);
    return read.success ? succeed(read.data as T) : failed('answer-invalid', 'an answer does not fit its schema');
  };
  const absent = (path: string) => failed('not-found', `There is no ${path}.`);
  const enter = (verb: string, path: string): Result<never> | undefined => {
    asked.push(`${verb} ${path}`);
    const refused = refuse?.(verb, path);
    return refused && { ok: false, failure: refused };
  };
  const access: ClusterAccess = {
    server: 'https://fake:6443',
    clusterName: 'fake',
    usesToken: false,
    get requests() {
      return asked.length;
    },
    get: async (path, schema) => enter('get', path) ?? (objects.has(path) ? fitting(schema, objects.get(path)) : absent(path)),
    list: async (path, item, each, options) => {
      const refused = enter('list', path);
      if (refused) return refused;
      const wanted = (options?.query?.labelSelector ?? '').split(',').filter(Boolean);
      const all = [...objects].filter(([own]) => own.startsWith(`${path}/`) && !own.slice(path.length + 1).includes('/'));
      for (const [, one] of all) {
        const { labels = {} } = one.metadata;
        if (!wanted.every((each) => (each.includes('=') ? labels[each.split('=')[0] as string] === each.split('=')[1] : each in labels)))
          continue;
        const read = fitting(item, one);
        if (!read.ok) return read;
        each(read.value);
      }
      return succeed({ count: all.length });
    },
    text: async (path, query) => {
      const refused = enter('log', path);
      if (refused) return refused;
      const log = objects.has(suitePath) ? logs.get(query?.container ?? '') : undefined;
      return log === undefined ? absent(path) : succeed(log);
    },
    create: async (path, body, schema) => {
      const refused = enter('create', path);
      if (refused) return refused;
      if (path.endsWith('selfsubjectaccessreviews')) return fitting(schema, { status: { allowed: mayBind } });
      const given = body as Lying;
      const own = `${path}/${given.metadata.name}`;
      if (objects.has(own)) return failed('conflict', 'It is there already.');
      objects.set(own, { ...given, metadata: { ...given.metadata, creationTimestamp: now() }, status: { phase: 'Pending' } });
      return fitting(schema, objects.get(own));
    },
    remove: async (path) => {
      const refused = enter('delete', path);
      if (refused) return refused;
      for (const own of [...objects.keys()]) if (own === path || own.startsWith(`${path}/`)) objects.delete(own);
      return succeed(undefined);
    },
    close: () => undefined,
  };
  return {
    access,
    objects,
    logs,
    asked,
    now,
    sleep: async (ms: number) => {
      clock += ms;
    },
    pass: (minutes: number) => {
      clock += 60_000 * minutes;
    },
    /** Puts an object there, as if somebody else had. */
    put: (path: string, one: Omit<Lying, 'metadata'> & { readonly metadata: object }) =>
      void objects.set(path, { ...one, metadata: { name: path.split('/').at(-1) as string, creationTimestamp: now(), ...one.metadata } }),
    /** Gives the pod of the suite another status. */
    setStatus: (status: object, nodeName = 'w1') => {
      const pod = objects.get(suitePath);
      if (!pod) throw new Error('there is no pod of the suite');
      objects.set(suitePath, { ...pod, spec: { ...(pod.spec as object), nodeName }, status });
    },
    /** What is there beside nodes. */
    left: () => [...objects.keys()].filter((path) => !path.startsWith('/api/v1/nodes/')),
  };
};

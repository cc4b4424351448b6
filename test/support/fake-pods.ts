import type { z } from 'zod';
import { type Failure, failed, type Result, succeed } from '../../lib/core/failure.ts';
import type { ClusterAccess } from '../../lib/ports/cluster-access.ts';

interface FakeObject {
  readonly metadata: { readonly name: string; readonly creationTimestamp?: string; readonly labels?: Readonly<Record<string, string>> };
  readonly spec?: { readonly nodeName?: string };
}
type Verb = 'get' | 'list' | 'create' | 'delete' | 'log';
type Kind = 'namespaces' | 'pods' | 'configmaps';

/** How the pods of one node fare. */
export interface FakeNode {
  /** Status of the pod at each look; the last one stays. */
  readonly statuses: readonly unknown[];
  /** Its log; told the pod's name and at which reading it is. */
  readonly log?: (pod: string, reading: number) => string;
}

export interface FakePodsOptions {
  readonly nodes?: Readonly<Record<string, FakeNode>>;
  /** The namespace, if it is there at the start. */
  readonly namespace?: FakeObject & { readonly status?: { readonly phase: string } };
  /** Pods that are there at the start. */
  readonly pods?: readonly FakeObject[];
  /** Refuses some requests; the count is of requests with this verb and kind so far. */
  readonly refuse?: (verb: Verb, kind: Kind, count: number) => Failure | undefined;
  /** Done with every request before it is answered: what others do meanwhile. */
  readonly meanwhile?: (verb: Verb, kind: Kind, count: number) => void;
  /** ConfigMaps that are there at the start. */
  readonly configMaps?: readonly FakeObject[];
  /** How often a namespace that is being deleted is still seen; default 1. */
  readonly lingers?: number;
  /** Time stamped on what is created. */
  readonly now?: () => string;
}

/** A cluster in memory as far as namespaces, short-lived pods and their ConfigMaps go: objects live from their creation to their removal. */
export const fakePods = ({
  nodes = {},
  namespace,
  pods: before = [],
  refuse,
  meanwhile,
  configMaps: mapsBefore = [],
  lingers = 1,
  now = () => '2026-01-01T00:00:00Z',
}: FakePodsOptions) => {
  const namespaces = new Map<string, FakeObject & { readonly status?: { readonly phase: string } }>();
  if (namespace) namespaces.set(namespace.metadata.name, namespace);
  const pods = new Map<string, FakeObject>(before.map((pod) => [pod.metadata.name, pod]));
  const configMaps = new Map<string, FakeObject>(mapsBefore.map((map) => [map.metadata.name, map]));
  const inNamespace = { pods, configmaps: configMaps };
  const asked: string[] = [];
  const created: FakeObject[] = [];
  const counts = new Map<string, number>();
  const looks = new Map<string, number>();
  let linger = lingers;
  let atOnce = 0;

  const enter = (verb: Verb, path: string): { readonly name?: string; readonly kind: Kind; readonly refused?: Failure } => {
    asked.push(`${verb} ${path}`);
    const [, inside, name] = /^\/api\/v1\/namespaces\/[^/]+\/(pods|configmaps)(?:\/([^/]+))?/.exec(path) ?? [];
    const kind = (inside as Exclude<Kind, 'namespaces'> | undefined) ?? 'namespaces';
    const own = inside ? name : path.split('/')[4];
    const count = counts.get(verb + kind) ?? 0;
    counts.set(verb + kind, count + 1);
    meanwhile?.(verb, kind, count);
    const refused = refuse?.(verb, kind, count);
    return { kind, ...(own === undefined ? {} : { name: own }), ...(refused ? { refused } : {}) };
  };
  const next = (key: string): number => {
    const at = looks.get(key) ?? 0;
    looks.set(key, at + 1);
    return at;
  };
  const give = <T>(schema: z.ZodType<T>, value: unknown): Result<T> => {
    const parsed = schema.safeParse(value);
    return parsed.success ? succeed(parsed.data) : failed('answer-invalid', parsed.error.message);
  };
  const absent = (path: string) => failed('not-found', `The API server has found no ${path}.`);
  const refusal = (failure: Failure) => ({ ok: false, failure }) as const;

  const access: ClusterAccess = {
    server: 'https://fake:6443',
    clusterName: 'fake',
    usesToken: false,
    get requests() {
      return asked.length;
    },
    async get(path, schema) {
      const { kind, name = '', refused } = enter('get', path);
      if (refused) return refusal(refused);
      if (kind === 'namespaces') {
        const found = namespaces.get(name);
        if (found?.status?.phase === 'Terminating' && linger-- <= 0) namespaces.delete(name);
        return namespaces.has(name) ? give(schema, found) : absent(path);
      }
      const pod = pods.get(name);
      if (!pod) return absent(path);
      const statuses = nodes[pod.spec?.nodeName ?? '']?.statuses ?? [];
      return give(schema, { ...pod, status: statuses[Math.min(next(`status ${name}`), statuses.length - 1)] });
    },
    async list(path, item, each, options) {
      const { kind, refused } = enter('list', path);
      if (refused) return refusal(refused);
      const wanted = (options?.query?.labelSelector ?? '')
        .split(',')
        .filter(Boolean)
        .map((one) => one.split('='));
      const all = kind === 'namespaces' ? namespaces : inNamespace[kind];
      const found = [...all.values()].filter(({ metadata }) => wanted.every(([label = '', value]) => metadata.labels?.[label] === value));
      for (const pod of found) {
        const parsed = give(item, pod);
        if (!parsed.ok) return parsed;
        each(parsed.value);
      }
      return succeed({ count: found.length });
    },
    async text(path) {
      const { name = '', refused } = enter('log', path);
      if (refused) return refusal(refused);
      const pod = pods.get(name);
      return pod ? succeed(nodes[pod.spec?.nodeName ?? '']?.log?.(name, next(`log ${name}`)) ?? '') : absent(path);
    },
    async create(path, body, schema) {
      const { kind, refused } = enter('create', path);
      if (refused) return refusal(refused);
      const given = body as FakeObject;
      const object = { ...given, metadata: { ...given.metadata, creationTimestamp: now() } };
      const all = kind === 'namespaces' ? namespaces : inNamespace[kind];
      if (all.has(object.metadata.name)) return failed('conflict', 'The API server could not create it because it is there already.');
      all.set(object.metadata.name, object);
      created.push(object);
      atOnce = Math.max(atOnce, pods.size);
      return give(schema, object);
    },
    async remove(path) {
      const { kind, name = '', refused } = enter('delete', path);
      if (refused) return refusal(refused);
      const found = namespaces.get(name);
      if (kind !== 'namespaces') inNamespace[kind].delete(name);
      else if (found) namespaces.set(name, { ...found, status: { phase: 'Terminating' } });
      return succeed(undefined);
    },
    close: () => undefined,
  };
  return {
    access,
    asked,
    created,
    pods,
    configMaps,
    namespaces,
    /** Most pods that were there at one time. */
    get atOnce() {
      return atOnce;
    },
  };
};

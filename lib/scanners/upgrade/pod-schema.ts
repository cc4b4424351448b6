import { z } from 'zod';
import { isShell, withoutSecrets } from '../configuration/argv.ts';
import { mirrorAnnotation } from '../configuration/workload-schema.ts';
import { Quantity } from './node-schema.ts';

const Words = z.array(z.string()).nullish();
const Labels = z.record(z.string(), z.string()).nullish();
const Reference = z.object({ name: z.string().nullish() }).nullish();
const Requests = z.object({ requests: z.object({ cpu: Quantity.nullish(), memory: Quantity.nullish() }).nullish() }).nullish();

const Container = z.object({
  name: z.string(),
  image: z.string().nullish(),
  command: Words,
  args: Words,
  /** Names only, and what they refer to: values are never kept. */
  env: z
    .array(
      z.object({
        name: z.string(),
        valueFrom: z.object({ secretKeyRef: Reference, configMapKeyRef: Reference }).nullish(),
      }),
    )
    .nullish(),
  envFrom: z.array(z.object({ secretRef: Reference, configMapRef: Reference })).nullish(),
  resources: Requests,
  /** Of init containers: `Always` makes one run beside the others. */
  restartPolicy: z.string().nullish(),
});
export type Container = z.infer<typeof Container>;

const text = (object: unknown, field: string): string => {
  const value = typeof object === 'object' && object !== null ? (object as Readonly<Record<string, unknown>>)[field] : undefined;
  return typeof value === 'string' ? value : '';
};
/** Where a source of a volume names the API object that it stands for. */
const nameFields: Readonly<Record<string, string>> = { configMap: 'name', secret: 'secretName', persistentVolumeClaim: 'claimName' };

/** The fields of a volume are its name and its source; of the source only the name of an API object is kept. Idempotent. */
const Volume = z.record(z.string(), z.unknown()).transform((volume) => ({
  name: text(volume, 'name'),
  sources: Object.fromEntries(
    Object.entries(typeof volume.sources === 'object' && volume.sources !== null ? volume.sources : volume).flatMap(([source, value]) =>
      source === 'name' || value === null
        ? []
        : [[source, typeof value === 'string' ? value : text(value, nameFields[source] ?? '')] as const],
    ),
  ) as Readonly<Record<string, string>>,
}));
export type Volume = z.infer<typeof Volume>;

const keptAnnotation =
  /^(?:kubernetes\.io\/config\.|(?:container\.)?seccomp\.security\.alpha\.kubernetes\.io\/|cluster-autoscaler\.kubernetes\.io\/)/;
const State = z.object({
  restartCount: z.number().nullish(),
  state: z.object({ waiting: z.object({ reason: z.string().nullish() }).nullish() }).nullish(),
});
const Bare = z.object({
  metadata: z.object({
    name: z.string(),
    namespace: z.string(),
    generateName: z.string().nullish(),
    labels: Labels,
    annotations: Labels,
    finalizers: z.array(z.string()).nullish(),
    ownerReferences: z.array(z.object({ kind: z.string(), name: z.string(), controller: z.boolean().nullish() })).nullish(),
  }),
  spec: z.object({
    nodeName: z.string().nullish(),
    serviceAccountName: z.string().nullish(),
    terminationGracePeriodSeconds: z.number().nullish(),
    nodeSelector: Labels,
    tolerations: z
      .array(
        z.object({ key: z.string().nullish(), operator: z.string().nullish(), value: z.string().nullish(), effect: z.string().nullish() }),
      )
      .nullish(),
    overhead: z.object({ cpu: Quantity.nullish(), memory: Quantity.nullish() }).nullish(),
    resources: Requests,
    volumes: z.array(Volume).nullish(),
    containers: z.array(Container),
    initContainers: z.array(Container).nullish(),
  }),
  status: z
    .object({
      phase: z.string().nullish(),
      conditions: z.array(z.object({ type: z.string(), status: z.string() })).nullish(),
      containerStatuses: z.array(State).nullish(),
      initContainerStatuses: z.array(State).nullish(),
    })
    .nullish(),
});
type Bare = z.infer<typeof Bare>;

export const isMirror = ({ metadata }: Pick<Bare, 'metadata'>): boolean => typeof metadata.annotations?.[mirrorAnnotation] === 'string';

/** Command lines and names of variables are kept where the gate asks for them: static pods and kube-system. Elsewhere they are nobody's business. */
const reduced = ({ name, image, resources, restartPolicy }: Container): Container => ({ name, image, resources, restartPolicy });
const bared = (container: Container): Container => {
  const { command, args } = container;
  const [first = ''] = [...(command ?? []), ...(args ?? [])];
  // a script may hold anything; what matters is that there is one
  if (isShell(first)) return { ...container, command: [first], args: [] };
  const words = withoutSecrets([...(command ?? []), ...(args ?? [])]);
  const split = command?.length ?? 0;
  return { ...container, command: words.slice(0, split), args: words.slice(split) };
};

/** A pod (core/v1), as far as the gate uses it. Idempotent, so that a recording passes it again. */
export const Pod = Bare.transform((pod) => {
  const keep = isMirror(pod) || pod.metadata.namespace === 'kube-system' ? bared : reduced;
  const annotations = Object.entries(pod.metadata.annotations ?? {}).filter(([name]) => keptAnnotation.test(name));
  const { initContainers } = pod.spec;
  return {
    ...pod,
    metadata: { ...pod.metadata, annotations: Object.fromEntries(annotations) },
    spec: {
      ...pod.spec,
      containers: pod.spec.containers.map(keep),
      ...(initContainers ? { initContainers: initContainers.map(keep) } : {}),
    },
  };
});
export type Pod = z.infer<typeof Pod>;

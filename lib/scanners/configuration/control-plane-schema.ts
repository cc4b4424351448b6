import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { isComponent, isShell, safeValue, startedProgram, withoutSecrets } from './argv.ts';
import { mirrorAnnotation } from './workload-schema.ts';

const Words = z.array(z.string()).nullish();
const Env = z.object({ name: z.string(), value: z.string().nullish() });
const Container = z.object({ name: z.string(), image: z.string().nullish(), command: Words, args: Words, env: z.array(Env).nullish() });
type Container = z.infer<typeof Container>;

/** Programs whose command lines are kept. */
type Kept = 'kube-apiserver' | 'kube-controller-manager' | 'kube-scheduler' | 'etcd' | 'kube-proxy';
const isKept = (name: string | null | undefined): name is Kept => isComponent(name) || name === 'kube-proxy';

/** The program of a container of a control-plane pod, if it is one of ours. */
export const programIn = (container: Pick<Container, 'name' | 'command' | 'args'>, label: string | null | undefined) =>
  startedProgram([...(container.command ?? []), ...(container.args ?? [])], isKept, [container.name, label]);

const reduceContainer = (container: Container, label: string | null | undefined): Container => {
  const { name, image, command, args, env } = container;
  const started = programIn(container, label);
  if (started === undefined) return { name, image };
  // a script may hold anything; what matters is that there is one, and for which program
  const [first = ''] = [...(command ?? []), ...(args ?? [])];
  if ('unreadable' in started) return { name, image, command: [first], args: isShell(first) ? [started.program] : [] };
  const words = withoutSecrets([...(command ?? []), ...(args ?? [])]);
  return {
    name,
    image,
    command: words.slice(0, command?.length ?? 0),
    args: words.slice(command?.length ?? 0),
    env: (env ?? []).flatMap((one) =>
      one.name.startsWith('ETCD_') && typeof one.value === 'string' ? [{ name: one.name, value: safeValue(one.name, one.value) }] : [],
    ),
  };
};

/**
 * A pod of kube-system. Command lines and environment are kept of mirror pods of the control plane and of kube-proxy only, environment only where etcd reads its settings from it, and never a
 * secret's value. Idempotent, so that a recording passes it again.
 */
export const ComponentPod = z
  .object({
    metadata: z.object({
      name: z.string(),
      labels: z.object({ component: z.string().nullish() }).nullish(),
      annotations: z.object({ [mirrorAnnotation]: z.string().nullish() }).nullish(),
    }),
    spec: z.object({ nodeName: z.string().nullish(), containers: z.array(Container) }),
  })
  .transform((pod) => {
    const isMirror = typeof pod.metadata.annotations?.[mirrorAnnotation] === 'string';
    const containers = isMirror ? pod.spec.containers.map((one) => reduceContainer(one, pod.metadata.labels?.component)) : [];
    return { ...pod, spec: { ...pod.spec, containers } };
  });
export type ComponentPod = z.infer<typeof ComponentPod>;

/** Labels of a node, reduced to those that name a role. Idempotent. */
export const RoleLabels = z
  .record(z.string(), z.string())
  .nullish()
  .transform((labels) =>
    Object.fromEntries(Object.entries(labels ?? {}).filter(([label]) => label.startsWith('node-role.kubernetes.io/'))),
  );

/** A node (core/v1), reduced. */
export const Node = z.object({
  metadata: z.object({ name: z.string(), labels: RoleLabels }),
  spec: z.object({ unschedulable: z.boolean().nullish() }).nullish(),
  status: z.object({
    addresses: z.array(z.object({ type: z.string(), address: z.string() })).nullish(),
    conditions: z.array(z.object({ type: z.string(), status: z.string() })).nullish(),
    daemonEndpoints: z.object({ kubeletEndpoint: z.object({ Port: z.number() }).nullish() }).nullish(),
    nodeInfo: z.object({
      kubeletVersion: z.string(),
      osImage: z.string(),
      operatingSystem: z.string(),
      containerRuntimeVersion: z.string(),
    }),
  }),
});
export type Node = z.infer<typeof Node>;

/** `/flagz` of any component (KEP-4828, config.k8s.io): every flag with its effective value. Values of flags that are secrets themselves are removed. */
export const Flagz = z.object({
  flags: z
    .record(z.string(), z.string())
    .transform((flags) => Object.fromEntries(Object.entries(flags).map(([name, value]) => [name, safeValue(name, value)]))),
});

/** Text that stands for a document nobody can read. */
const broken = '(no configuration)';

/** A configuration document inside a ConfigMap, reduced to the fields used. Idempotent; what cannot be read stays unreadable. */
export const document = <T extends z.ZodType>(schema: T) =>
  z.string().transform((text) => {
    const read = schema.safeParse(parseQuietly(text));
    return read.success ? stringify(read.data) : broken;
  });
const parseQuietly = (text: string): unknown => {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
};
/** The fields of such a document; `undefined` when it cannot be read. */
export const readDocument = <T>(schema: z.ZodType<T>, text: string): T | undefined => {
  const read = schema.safeParse(parseQuietly(text));
  return read.success ? read.data : undefined;
};

/** KubeProxyConfiguration (kubeproxy.config.k8s.io/v1alpha1), reduced. */
export const KubeProxyConfig = z.object({ metricsBindAddress: z.string().nullish() });
/** ConfigMap kube-system/kube-proxy: the file kube-proxy is started with. */
export const KubeProxyConfigMap = z.object({ data: z.object({ 'config.conf': document(KubeProxyConfig).nullish() }).nullish() });
/** DaemonSet kube-system/kube-proxy: how it is started. Arguments of other containers are not kept. */
export const KubeProxyDaemonSet = z.object({
  spec: z.object({
    template: z.object({
      spec: z.object({
        containers: z
          .array(z.object({ name: z.string(), command: Words, args: Words }))
          .transform((containers) => containers.map((one) => reduceContainer(one, undefined))),
      }),
    }),
  }),
});

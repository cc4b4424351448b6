import { z } from 'zod';
import { safeValue } from './argv.ts';
import { mirrorAnnotation } from './workload-schema.ts';

const Env = z.object({ name: z.string(), value: z.string().nullish() });
const Container = z.object({
  name: z.string(),
  image: z.string().nullish(),
  command: z.array(z.string()).nullish(),
  args: z.array(z.string()).nullish(),
  env: z.array(Env).nullish(),
});

const withoutSecrets = (words: readonly string[] | null | undefined): string[] =>
  (words ?? []).map((word) => {
    const [, dashes, name, value] = /^(--?)([A-Za-z][^=]*)=([\s\S]*)$/.exec(word) ?? [];
    return dashes === undefined || name === undefined || value === undefined ? word : `${dashes}${name}=${safeValue(name, value)}`;
  });

/**
 * A pod of kube-system. Command lines and environment are kept of mirror pods only, environment only where etcd reads its settings from it, and never a secret's value.
 * Idempotent, so that a recording passes it again.
 */
export const ComponentPod = z
  .object({
    metadata: z.object({
      name: z.string(),
      labels: z.object({ component: z.string().nullish() }).nullish(),
      annotations: z.object({ [mirrorAnnotation]: z.string().nullish() }).nullish(),
    }),
    spec: z.object({ nodeName: z.string().nullish(), containers: z.array(Container) }),
    status: z.object({ phase: z.string().nullish() }).nullish(),
  })
  .transform((pod) => {
    const isMirror = typeof pod.metadata.annotations?.[mirrorAnnotation] === 'string';
    const containers = pod.spec.containers.map(({ name, image, command, args, env }) =>
      isMirror
        ? {
            name,
            image,
            command: withoutSecrets(command) as string[] | undefined,
            args: withoutSecrets(args),
            env: (env ?? []).filter((one) => one.name.startsWith('ETCD_') && !/PASSWORD|TOKEN|SECRET/.test(one.name)),
          }
        : { name, image, command: undefined, args: undefined, env: undefined },
    );
    return { ...pod, spec: { ...pod.spec, containers } };
  });
export type ComponentPod = z.infer<typeof ComponentPod>;

/** A node (core/v1), reduced. Labels: only those that name a role. */
export const Node = z.object({
  metadata: z.object({ name: z.string(), labels: z.record(z.string(), z.string()).nullish() }).transform(({ name, labels }) => ({
    name,
    labels: Object.fromEntries(Object.entries(labels ?? {}).filter(([label]) => label.startsWith('node-role.kubernetes.io/'))),
  })),
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

/** ConfigMap kube-system/kube-proxy: the file kube-proxy is started with. */
export const KubeProxyConfigMap = z.object({ data: z.object({ 'config.conf': z.string().nullish() }).nullish() });
/** DaemonSet kube-system/kube-proxy: how it is started. */
export const KubeProxyDaemonSet = z.object({
  spec: z.object({
    template: z.object({
      spec: z.object({
        containers: z.array(z.object({ name: z.string(), command: z.array(z.string()).nullish(), args: z.array(z.string()).nullish() })),
      }),
    }),
  }),
});
export const KubeProxyConfig = z.object({ metricsBindAddress: z.string().nullish() });

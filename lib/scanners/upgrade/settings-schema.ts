import { z } from 'zod';
import { safeValue } from '../configuration/argv.ts';
import { document } from '../configuration/control-plane-schema.ts';

const Gates = z.record(z.string(), z.boolean()).nullish();

/** Arguments as kubeadm takes them: a map up to v1beta3, a list from v1beta4. Values of flags that are secrets themselves are removed. Idempotent. */
export const ExtraArgs = z
  .union([z.record(z.string(), z.string()), z.array(z.object({ name: z.string(), value: z.string().nullish() }))])
  .nullish()
  .transform((given) => {
    const pairs = Array.isArray(given) ? given.map(({ name, value }) => [name, value ?? ''] as const) : Object.entries(given ?? {});
    const args: Record<string, string> = {};
    // one that is given more than once is a list, or its last value counts; joined, nothing is lost
    for (const [name, value] of pairs) args[name] = [...(name in args ? [args[name]] : []), safeValue(name, value)].join(',');
    return args;
  });
const Component = z.object({ extraArgs: ExtraArgs }).nullish();

/** ClusterConfiguration (kubeadm.k8s.io), reduced. */
export const KubeadmConfig = z.object({
  apiVersion: z.string(),
  kubernetesVersion: z.string().nullish(),
  imageRepository: z.string().nullish(),
  featureGates: Gates,
  apiServer: Component,
  controllerManager: Component,
  scheduler: Component,
  etcd: z.object({ local: Component, external: z.object({}).nullish() }).nullish(),
});
export type KubeadmConfig = z.infer<typeof KubeadmConfig>;

/** KubeletConfiguration (kubelet.config.k8s.io/v1beta1), reduced. */
export const KubeletConfig = z.object({
  featureGates: Gates,
  failCgroupV1: z.boolean().nullish(),
  eventRecordQPS: z.number().nullish(),
  cgroupDriver: z.string().nullish(),
});

/** KubeProxyConfiguration (kubeproxy.config.k8s.io/v1alpha1), reduced. */
export const KubeProxyConfig = z.object({ mode: z.string().nullish(), featureGates: Gates });

/** The ConfigMaps that hold them, under the keys that kubeadm uses. Of the documents only the fields named above are kept. */
export const configMaps = {
  kubeadm: z.object({ data: z.object({ ClusterConfiguration: document(KubeadmConfig).nullish() }).nullish() }),
  kubelet: z.object({ data: z.object({ kubelet: document(KubeletConfig).nullish() }).nullish() }),
  kubeProxy: z.object({ data: z.object({ 'config.conf': document(KubeProxyConfig).nullish() }).nullish() }),
} as const;

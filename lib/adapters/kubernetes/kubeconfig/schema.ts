import { z } from 'zod';

const text = z.string().nullish();
const flag = z.boolean().nullish();

/** How a plugin is called for a credential (client.authentication.k8s.io). */
export const ExecPlugin = z.object({
  apiVersion: z.string(),
  command: z.string(),
  args: z.array(z.string()).nullish(),
  env: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
  installHint: text,
  provideClusterInfo: flag,
  interactiveMode: z.enum(['Never', 'IfAvailable', 'Always']).nullish(),
});
export type ExecPlugin = z.infer<typeof ExecPlugin>;

export const KubeconfigCluster = z.object({
  server: text,
  'certificate-authority': text,
  'certificate-authority-data': text,
  'insecure-skip-tls-verify': flag,
  'tls-server-name': text,
  'proxy-url': text,
  extensions: z.array(z.object({ name: z.string(), extension: z.unknown() })).nullish(),
});
export type KubeconfigCluster = z.infer<typeof KubeconfigCluster>;

export const KubeconfigUser = z.object({
  'client-certificate': text,
  'client-certificate-data': text,
  'client-key': text,
  'client-key-data': text,
  token: text,
  tokenFile: text,
  username: text,
  password: text,
  exec: ExecPlugin.nullish(),
  'auth-provider': z.object({ name: text }).nullish(),
  as: text,
  'as-uid': text,
  'as-groups': z.array(z.string()).nullish(),
  'as-user-extra': z.record(z.string(), z.array(z.string())).nullish(),
});
export type KubeconfigUser = z.infer<typeof KubeconfigUser>;

export const KubeconfigContext = z.object({ cluster: text, user: text });
export type KubeconfigContext = z.infer<typeof KubeconfigContext>;

/** A kubeconfig file (v1 Config), the fields that decide how to connect. Go writes empty lists as null. */
export const Kubeconfig = z.object({
  'current-context': text,
  clusters: z.array(z.object({ name: z.string(), cluster: KubeconfigCluster.nullish() })).nullish(),
  users: z.array(z.object({ name: z.string(), user: KubeconfigUser.nullish() })).nullish(),
  contexts: z.array(z.object({ name: z.string(), context: KubeconfigContext.nullish() })).nullish(),
});
export type Kubeconfig = z.infer<typeof Kubeconfig>;

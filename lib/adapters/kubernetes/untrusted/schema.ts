import { z } from 'zod';
import { KubeconfigCluster, KubeconfigContext, KubeconfigUser } from '../kubeconfig/schema.ts';

// What somebody else sends us is read exactly: a field that is not known could mean anything, and would be stored all the same.

/** Names end up in sentences and records. */
const Name = z.string().regex(/^[^\p{C}\p{Zl}\p{Zp}]{1,253}$/u);
const entries = <T extends z.ZodRawShape>(shape: T) => z.array(z.strictObject({ name: Name, ...shape })).nullish();
const extensions = z.array(z.unknown()).nullish();

const Cluster = z.strictObject({
  ...KubeconfigCluster.shape,
  'tls-server-name': z
    .string()
    .regex(/^[A-Za-z0-9.:-]{0,253}$/)
    .nullish(),
  'disable-compression': z.boolean().nullish(),
  extensions,
});
const User = z.strictObject({
  ...KubeconfigUser.shape,
  // refused whatever is in them
  exec: z.unknown().optional(),
  'auth-provider': z.unknown().optional(),
  extensions,
});

/** A kubeconfig (v1 Config) of somebody else. Every field that kubectl knows is named, so that those that are refused get a sentence of their own. */
export const UntrustedKubeconfig = z.strictObject({
  apiVersion: z.literal('v1').nullish(),
  kind: z.literal('Config').nullish(),
  preferences: z.unknown().optional(),
  extensions,
  'current-context': z.string().nullish(),
  clusters: entries({ cluster: Cluster.nullish() }),
  users: entries({ user: User.nullish() }),
  contexts: entries({ context: z.strictObject({ ...KubeconfigContext.shape, namespace: z.string().nullish(), extensions }).nullish() }),
});
export type UntrustedKubeconfig = z.infer<typeof UntrustedKubeconfig>;
export type UntrustedCluster = z.infer<typeof Cluster>;
export type UntrustedUser = z.infer<typeof User>;

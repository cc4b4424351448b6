import { z } from 'zod';

const Text = z.string().nullish();
export const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** Of the manifest that was applied only its kind and version; a manifest may hold anything. Idempotent. */
const Manifest = z.object({ apiVersion: Text, kind: Text });
const reduce = (text: string): string => {
  try {
    return JSON.stringify(Manifest.parse(JSON.parse(text)));
  } catch {
    // whoever wrote it, kubectl did not
    return '{}';
  }
};
/** The version that the manifest names. */
export const versionIn = (reduced: string | null | undefined): string | undefined =>
  reduced ? (Manifest.safeParse(JSON.parse(reduced)).data?.apiVersion ?? undefined) : undefined;

const ManagedFields = z.object({ manager: Text, operation: Text, apiVersion: Text, time: Text, subresource: Text });
export type ManagedFields = z.infer<typeof ManagedFields>;

/** An object by metadata (PartialObjectMetadata, meta/v1): who wrote it through which version, and never which fields. */
export const Written = z.object({
  metadata: z.object({
    name: z.string(),
    namespace: Text,
    annotations: z.object({ [lastApplied]: z.string().transform(reduce).nullish() }).nullish(),
    managedFields: z.array(ManagedFields).nullish(),
  }),
});
export type Written = z.infer<typeof Written>;

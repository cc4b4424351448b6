import { z } from 'zod';

const Text = z.string().nullish();
const Named = z.object({ name: z.string() });

/** Fields of a PersistentVolume that are no source. */
const common = [
  'accessModes',
  'capacity',
  'claimRef',
  'mountOptions',
  'nodeAffinity',
  'persistentVolumeReclaimPolicy',
  'storageClassName',
  'volumeAttributesClassName',
  'volumeMode',
];
const Source = z.object({ driver: Text });
/** A PersistentVolume (core/v1): of its source only the kind and the driver. Idempotent. */
export const Volume = z.object({
  metadata: Named,
  spec: z
    .looseObject({
      accessModes: z.array(z.string()).nullish(),
      claimRef: z.object({ namespace: Text, name: Text }).nullish(),
    })
    .transform(({ accessModes, claimRef, ...rest }) => ({
      accessModes,
      claimRef,
      ...Object.fromEntries(
        Object.entries(rest).flatMap(([field, value]) =>
          common.includes(field) || !value ? [] : [[field, Source.safeParse(value).data ?? {}] as const],
        ),
      ),
    })),
});
export type Volume = z.infer<typeof Volume>;

/** A StorageClass (storage.k8s.io/v1). */
export const StorageClass = z.object({ metadata: Named, provisioner: z.string() });
export type StorageClass = z.infer<typeof StorageClass>;
/** A CSIDriver, by name. */
export const Driver = z.object({ metadata: Named });

const Mistake = z.object({ message: Text }).nullish();
/** A VolumeAttachment (storage.k8s.io/v1). */
export const Attachment = z.object({
  metadata: Named.extend({ creationTimestamp: Text, deletionTimestamp: Text }),
  spec: z.object({ nodeName: z.string(), source: z.object({ persistentVolumeName: Text }).nullish() }),
  status: z.object({ attached: z.boolean().nullish(), attachError: Mistake, detachError: Mistake }).nullish(),
});
export type Attachment = z.infer<typeof Attachment>;

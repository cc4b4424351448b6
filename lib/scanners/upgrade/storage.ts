import { seen } from '../../core/facts/index.ts';
import type { GateFacts, GateStorage } from '../../core/gate/index.ts';
import { minute, readTime } from '../../core/time.ts';
import type { ClusterAccess } from '../../ports/cluster-access.ts';
import { given, readAll, together } from '../configuration/listing.ts';
import { listings } from './listings.ts';
import { inOrder } from './objects.ts';
import { Attachment, Driver, StorageClass, Volume } from './storage-schema.ts';

type Hanging = GateStorage['hanging'][number];

/** How long attaching and detaching may take before it counts as hanging. */
const patience = 2 * minute;
const longest = 200;

const isOlder = (at: string | null | undefined, now: string): boolean => {
  const [then, current] = [readTime(at ?? ''), readTime(now)];
  // a time that cannot be read is no reason to look away
  return then === undefined || current === undefined || current - then > patience;
};

const whyHanging = ({ metadata, status }: Attachment, now: string): string | undefined => {
  const { deletionTimestamp, creationTimestamp } = metadata;
  const said = (deletionTimestamp ? status?.detachError : status?.attachError)?.message;
  const because = said ? `: ${said.replace(/\s+/g, ' ').slice(0, longest)}` : '';
  if (deletionTimestamp) return isOlder(deletionTimestamp, now) ? `is not detached${because}` : undefined;
  return !status?.attached && isOlder(creationTimestamp, now) ? `is not attached${because}` : undefined;
};

const hangingOf =
  (now: string) =>
  (attachment: Attachment): readonly Hanging[] => {
    const { metadata, spec } = attachment;
    const why = whyHanging(attachment, now);
    return why === undefined ? [] : [{ name: metadata.name, node: spec.nodeName, volume: spec.source?.persistentVolumeName ?? '', why }];
  };

const volumeOf = ({ metadata, spec }: Volume): GateStorage['volumes'][number] => {
  const { accessModes, claimRef, ...sources } = spec;
  const [source = 'unknown', details] = Object.entries(sources)[0] ?? [];
  return given<GateStorage['volumes'][number]>({
    name: metadata.name,
    source,
    driver: (details as { readonly driver?: string | null } | undefined)?.driver ?? undefined,
    claim: claimRef?.name ? `${claimRef.namespace ?? ''}/${claimRef.name}` : undefined,
    accessModes: accessModes ?? [],
  });
};

/** Volumes, classes, drivers, and attachments that hang. */
export const observeStorage = async (access: ClusterAccess, now: string): Promise<GateFacts['storage']> => {
  const classOf = ({ metadata, provisioner }: StorageClass) => ({ name: metadata.name, provisioner });
  const byName = ({ name }: { readonly name: string }): string => name;
  const all = together({
    volumes: inOrder(await readAll(access, listings.volumes, Volume, volumeOf), byName),
    classes: inOrder(await readAll(access, listings.storageClasses, StorageClass, classOf), byName),
    drivers: inOrder(await readAll(access, listings.drivers, Driver, ({ metadata }) => metadata.name, { metadataOnly: true }), String),
    attachments: await readAll(access, listings.attachments, Attachment, hangingOf(now)),
  });
  if (!all.read) return all;
  const { attachments, ...rest } = all.value;
  const hanging = inOrder(seen(attachments.flat()), byName);
  return seen({ ...rest, hanging: hanging.read ? hanging.value : [] });
};

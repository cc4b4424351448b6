import { type Slice, seen } from '../../../core/facts/index.ts';
import type { GateFacts, OldObject, ServedApi } from '../../../core/gate/index.ts';
import type { ClusterAccess } from '../../../ports/cluster-access.ts';
import { byText, given, inTurn, readEach, together } from '../../configuration/listing.ts';
import type { UpgradeOptions } from '../options.ts';
import { observeHelmReleases } from './helm.ts';
import { groupVersion, type Look, looksFor } from './looks.ts';
import { lastApplied, versionIn, Written } from './schema.ts';
import { lastWords } from './writers.ts';

/** What of an object was written through an old version: by each version once, the last writer where one is known. */
const oldIn = ({ listing, kind, old }: Look, { metadata }: Written, now: string): readonly OldObject[] => {
  const found = new Map<string, OldObject>();
  const object = { kind, apiVersion: groupVersion(listing), namespace: metadata.namespace || undefined, name: metadata.name };
  const applied = versionIn(metadata.annotations?.[lastApplied]);
  if (applied !== undefined && old.has(applied))
    found.set(applied, given<OldObject>({ ...object, oldVersion: applied, foundBy: 'last-applied' }));
  const words = lastWords(metadata.managedFields ?? [], now).toSorted((a, b) => byText(a.time ?? '', b.time ?? ''));
  for (const { apiVersion, manager, time } of words)
    if (apiVersion && old.has(apiVersion))
      found.set(
        apiVersion,
        given<OldObject>({
          ...object,
          oldVersion: apiVersion,
          foundBy: 'managed-fields',
          manager: manager ?? undefined,
          at: time ?? undefined,
        }),
      );
  return [...found.values()];
};

const observeOne = async (access: ClusterAccess, look: Look, now: string): Promise<Slice<readonly OldObject[]>> => {
  const found: OldObject[] = [];
  const add = (object: Written): void => void found.push(...oldIn(look, object, now));
  const read = await readEach(access, look.listing, Written, add, () => found.splice(0), { metadataOnly: true, mayBeMissing: true });
  return read.read ? seen(found) : read;
};

const orderOf = ({ kind, namespace = '', name, oldVersion, foundBy }: OldObject): string =>
  `${namespace}/${name}/${kind}/${oldVersion}/${foundBy}`;

export interface OldObjectsInput {
  readonly access: ClusterAccess;
  readonly served: Slice<readonly ServedApi[]>;
  /** How many objects of a resource are stored, where that is known. */
  readonly stored: ReadonlyMap<string, number>;
  readonly options: Pick<UpgradeOptions, 'wanted' | 'gone' | 'helmReleases'>;
  readonly now: string;
}

/**
 * Every object that was written through a version that goes. Listing through such a version would show up in the metrics as its use: where nothing else is served, and
 * the API server counts no object, it is not done.
 */
export const observeOldObjects = async ({ access, served, stored, options, now }: OldObjectsInput): Promise<GateFacts['oldObjects']> => {
  if (!served.read) return served;
  const { wanted, gone = [], helmReleases } = options;
  const countOf = ({ listing: { resource, group } }: Look) => stored.get(group === '' ? resource : `${resource}.${group}`);
  const looks = looksFor(wanted, served.value).filter((look) => !(look.throughOld && countOf(look) === 0));
  const lists = await inTurn(looks.map((look) => () => observeOne(access, look, now)));
  const inReleases = helmReleases ? await observeHelmReleases(access, [...wanted, ...gone]) : seen([]);
  const all = together(Object.fromEntries([...lists, inReleases].entries()) as Record<string, Slice<readonly OldObject[]>>);
  return all.read
    ? seen(
        Object.values(all.value)
          .flat()
          .toSorted((a, b) => byText(orderOf(a), orderOf(b))),
      )
    : all;
};

import type { ServedApi } from '../../../core/gate/index.ts';
import type { Listing } from '../../configuration/listing.ts';
import type { WantedApi } from '../options.ts';

/** One resource whose objects are looked at, and the versions they must not have been written through. */
export interface Look {
  readonly listing: Listing;
  readonly kind: string;
  /** `group/version` that is going. */
  readonly old: ReadonlySet<string>;
  /** Nothing newer is served: looking at it uses an old version itself. */
  readonly throughOld: boolean;
}

/** Groups that kinds moved to. */
const movedTo: Readonly<Record<string, readonly string[]>> = { extensions: ['apps', 'networking.k8s.io', 'policy'] };
/** The groups in which objects of a group may be found now. */
export const groupsOf = (group: string): readonly string[] => [group, ...(movedTo[group] ?? [])];

export const groupVersion = ({ group, version }: { readonly group: string; readonly version: string }): string =>
  group === '' ? version : `${group}/${version}`;
const partsOf = (text: string): { readonly group: string; readonly version: string } => {
  const [group = '', version] = text.split('/');
  return version === undefined ? { group: '', version: group } : { group, version };
};

interface Place {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly kind: string;
}

/** Every resource that can be listed, in every version it is served in. */
const placesIn = (served: readonly ServedApi[]): readonly Place[] =>
  served.flatMap((api) =>
    api.resources
      .filter(({ verbs, name }) => verbs.includes('list') && !name.includes('/'))
      .map(({ name, kind }) => ({ ...partsOf(api.groupVersion), resource: name, kind })),
  );

const isAskedFor = ({ kinds }: WantedApi, kind: string): boolean => kinds.includes('*') || kinds.includes(kind);

/** What to list so that every object of the wanted kinds is seen once, each through a version that stays, where there is one. */
export const looksFor = (wanted: readonly WantedApi[], served: readonly ServedApi[]): readonly Look[] => {
  const looks = new Map<string, { readonly places: Place[]; readonly old: Set<string> }>();
  for (const place of placesIn(served)) {
    const apis = wanted.filter((api) => groupsOf(api.group).includes(place.group) && isAskedFor(api, place.kind));
    if (apis.length === 0) continue;
    const key = `${place.group}/${place.resource}`;
    const look = looks.get(key) ?? { places: [], old: new Set<string>() };
    look.places.push(place);
    for (const api of apis) look.old.add(groupVersion(api));
    looks.set(key, look);
  }
  return [...looks.values()].flatMap(({ places, old }) => {
    const lasting = places.find((place) => !old.has(groupVersion(place)));
    const place = lasting ?? places[0];
    if (!place) return [];
    const { kind, ...at } = place;
    const listing: Listing = { ...at, feeds: ['oldObjects'], purpose: 'objects written through versions that go' };
    return [{ listing, kind, old, throughOld: lasting === undefined }];
  });
};

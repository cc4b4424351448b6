import { gunzipSync } from 'node:zlib';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Slice, seen, unseen } from '../../../core/facts/index.ts';
import type { OldObject } from '../../../core/gate/index.ts';
import type { Right } from '../../../core/need.ts';
import type { ClusterAccess } from '../../../ports/cluster-access.ts';
import { given, inTurn, type Listing, readAll, together, unreadFor } from '../../configuration/listing.ts';
import { Named } from '../../configuration/workload-schema.ts';
import type { WantedApi } from '../options.ts';
import { groupVersion } from './looks.ts';

export const releaseListing: Listing = {
  group: '',
  version: 'v1',
  resource: 'secrets',
  feeds: ['oldObjects'],
  purpose: 'Helm releases whose manifests use versions that go',
};
export const releaseRight: Right = { verb: 'get', apiGroup: '', resource: 'secrets' };

/** Bytes of a release unpacked, documents in it, and releases in a cluster: more is no release, or no cluster for this way of looking. */
const most = { bytes: 32 * 2 ** 20, documents: 5_000, releases: 2_000 };

const OldManifest = z.object({ apiVersion: z.string(), kind: z.string(), namespace: z.string().nullish(), name: z.string() });
type OldManifest = z.infer<typeof OldManifest>;
/** What is kept of a release: objects of wanted versions, by name. */
const Reduced = z.object({ objects: z.array(OldManifest), unreadable: z.boolean().nullish() });
type Reduced = z.infer<typeof Reduced>;
const Release = z.object({ namespace: z.string().nullish(), manifest: z.string() });

const Document = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.object({ name: z.string().nullish(), namespace: z.string().nullish() }).nullish(),
  items: z.array(z.unknown()).nullish(),
});

/** A document with the items of a list. What is no object of Kubernetes is nothing. */
const objectsOf = (value: unknown): readonly z.infer<typeof Document>[] => {
  const one = Document.safeParse(value).data;
  if (!one) return [];
  return one.kind.endsWith('List') && one.items ? one.items.flatMap((item) => Document.safeParse(item).data ?? []) : [one];
};

/** Release text: base64 of gzip of JSON, older ones without the gzip. Throws on anything else. */
const unpack = (text: string): z.infer<typeof Release> => {
  const packed = Buffer.from(Buffer.from(text, 'base64').toString('latin1'), 'base64');
  const isGzip = packed[0] === 0x1f && packed[1] === 0x8b;
  const json = isGzip ? gunzipSync(packed, { maxOutputLength: most.bytes }) : packed;
  return Release.parse(JSON.parse(json.toString('utf8')));
};

const isOld = (wanted: readonly WantedApi[], { apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): boolean =>
  wanted.some((api) => groupVersion(api) === apiVersion && (api.kinds.includes('*') || api.kinds.includes(kind)));

/** The objects of wanted versions in the release; only documents that name such a version at all are parsed. */
const reduceWith =
  (wanted: readonly WantedApi[]) =>
  (text: string): Reduced => {
    const versions = [...new Set(wanted.map(groupVersion))];
    try {
      const { manifest, namespace } = unpack(text);
      const documents = manifest.split(/^---/m);
      if (documents.length > most.documents) return { objects: [], unreadable: true };
      const objects = documents
        .filter((document) => versions.some((version) => document.includes(version)))
        .flatMap((document) => objectsOf(parse(document, { logLevel: 'error', maxAliasCount: 100 })))
        .filter((object) => isOld(wanted, object))
        .map(
          ({ apiVersion, kind, metadata }): OldManifest => ({
            apiVersion,
            kind,
            namespace: metadata?.namespace || namespace,
            name: metadata?.name ?? '',
          }),
        );
      return { objects };
    } catch {
      return { objects: [], unreadable: true };
    }
  };

/** A release Secret: its content is read in the schema, so that nothing else of it is kept. Idempotent. */
const ReleaseSecret = (wanted: readonly WantedApi[]) =>
  z.object({ data: z.object({ release: z.union([Reduced, z.string().transform(reduceWith(wanted))]).nullish() }).nullish() });

/** The release's own name: the Secret is called `sh.helm.release.v1.NAME.vREVISION`. */
const releaseName = (secret: string): string => secret.replace(/^sh\.helm\.release\.v1\./, '').replace(/\.v\d+$/, '');

const observeRelease = async (
  access: ClusterAccess,
  { namespace, name }: { readonly namespace: string; readonly name: string },
  wanted: readonly WantedApi[],
): Promise<Slice<readonly OldObject[]>> => {
  const answer = await access.get(
    `/api/v1/namespaces/${encodeURIComponent(namespace)}/secrets/${encodeURIComponent(name)}`,
    ReleaseSecret(wanted),
  );
  // deleted or upgraded in the meantime
  if (!answer.ok) return answer.failure.code === 'not-found' ? seen([]) : unreadFor(releaseRight, answer.failure);
  const release = `${namespace}/${releaseName(name)}`;
  const reduced = answer.value.data?.release;
  if (!reduced || reduced.unreadable)
    return unseen(`The Helm release ${release} cannot be read; look at it with "helm get manifest", or evaluate without Helm releases.`);
  return seen(
    reduced.objects.map(({ apiVersion, ...object }) =>
      given<OldObject>({
        ...object,
        namespace: object.namespace ?? undefined,
        oldVersion: apiVersion,
        foundBy: 'helm-release',
        manager: `Helm release ${release}`,
      }),
    ),
  );
};

/** Objects of wanted versions in the manifests of deployed Helm releases. */
export const observeHelmReleases = async (access: ClusterAccess, wanted: readonly WantedApi[]): Promise<Slice<readonly OldObject[]>> => {
  if (wanted.length === 0) return seen([]);
  const query = { fieldSelector: 'type=helm.sh/release.v1', labelSelector: 'owner=helm,status=deployed' };
  const place = ({ metadata }: Named) => ({ namespace: metadata.namespace ?? '', name: metadata.name });
  const names = await readAll(access, releaseListing, Named, place, { metadataOnly: true, query });
  if (!names.read) return names;
  if (names.value.length > most.releases)
    return unseen(
      `There are ${names.value.length} Helm releases, more than the ${most.releases} that are looked at; evaluate without them.`,
    );
  const releases = await inTurn(names.value.map((name) => () => observeRelease(access, name, wanted)));
  const all = together(Object.fromEntries(releases.entries()) as Record<string, Slice<readonly OldObject[]>>);
  return all.read ? seen(Object.values(all.value).flat()) : all;
};

import { z } from 'zod';
import { type Slice, seen, unseen } from '../../core/facts/index.ts';
import type { Result } from '../../core/failure.ts';
import type { ServedApi } from '../../core/gate/index.ts';
import type { ClusterAccess } from '../../ports/cluster-access.ts';
import { byText, inTurn } from '../configuration/listing.ts';

const Texts = z.array(z.string()).nullish();
/** Aggregated discovery (APIGroupDiscoveryList, apidiscovery.k8s.io/v2 and v2beta1). */
const Aggregated = z.object({
  kind: z.literal('APIGroupDiscoveryList'),
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string().nullish() }).nullish(),
      versions: z
        .array(
          z.object({
            version: z.string(),
            resources: z
              .array(
                z.object({
                  resource: z.string(),
                  responseKind: z.object({ kind: z.string() }).nullish(),
                  scope: z.string().nullish(),
                  verbs: Texts,
                }),
              )
              .nullish(),
          }),
        )
        .nullish(),
    }),
  ),
});
/** What servers without it answer: the groups (APIGroupList), or the versions of the core group (APIVersions). */
const Groups = z.object({
  kind: z.literal('APIGroupList'),
  groups: z.array(z.object({ name: z.string(), versions: z.array(z.object({ groupVersion: z.string() })) })),
});
const CoreVersions = z.object({ kind: z.literal('APIVersions'), versions: z.array(z.string()) });
const Root = z.discriminatedUnion('kind', [Aggregated, Groups, CoreVersions]);
type Root = z.infer<typeof Root>;

/** The resources of one version (APIResourceList). */
const Resources = z.object({
  resources: z.array(z.object({ name: z.string(), kind: z.string(), namespaced: z.boolean().nullish(), verbs: Texts })).nullish(),
});

/** The newest form that the server has, down to what every server has. */
export const discoveryType = ['v2', 'v2beta1']
  .map((version) => `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`)
  .concat('application/json')
  .join(',');

type One = Extract<Root, { kind: 'APIGroupDiscoveryList' }>['items'][number];
const versionsOf = ({ metadata, versions }: One): readonly ServedApi[] =>
  (versions ?? []).map(({ version, resources }) => ({
    groupVersion: metadata?.name ? `${metadata.name}/${version}` : version,
    resources: (resources ?? []).map(({ resource, responseKind, scope, verbs }) => ({
      name: resource,
      kind: responseKind?.kind ?? '',
      namespaced: scope === 'Namespaced',
      verbs: verbs ?? [],
    })),
  }));

/** The path of the discovery document of one version. */
const pathOf = (groupVersion: string): string => (groupVersion.includes('/') ? `/apis/${groupVersion}` : `/api/${groupVersion}`);

const readVersion = async (access: ClusterAccess, groupVersion: string): Promise<readonly ServedApi[]> => {
  const answer = await access.get(pathOf(groupVersion), Resources);
  // a version that an aggregated server does not answer for now is served nonetheless
  const resources = answer.ok ? (answer.value.resources ?? []) : [];
  return [
    {
      groupVersion,
      resources: resources
        .filter(({ name }) => !name.includes('/'))
        .map(({ name, kind, namespaced, verbs }) => ({ name, kind, namespaced: namespaced ?? false, verbs: verbs ?? [] })),
    },
  ];
};

const readRoot = async (access: ClusterAccess, answer: Result<Root>): Promise<Slice<readonly ServedApi[]>> => {
  if (!answer.ok) return unseen(answer.failure.say);
  const root = answer.value;
  if (root.kind === 'APIGroupDiscoveryList') return seen(root.items.flatMap(versionsOf));
  const versions =
    root.kind === 'APIVersions' ? root.versions : root.groups.flatMap((group) => group.versions.map((one) => one.groupVersion));
  return seen((await inTurn(versions.map((version) => () => readVersion(access, version)))).flat());
};

/** Everything the API server serves, versions of a group in the server's order of preference. Two requests where discovery is aggregated (Kubernetes 1.26 and later). */
export const observeServedApis = async (access: ClusterAccess): Promise<Slice<readonly ServedApi[]>> => {
  const [core, groups] = await Promise.all(
    ['/api', '/apis'].map(async (path) => readRoot(access, await access.get(path, Root, { accept: discoveryType }))),
  );
  if (!core?.read) return core ?? unseen('');
  if (!groups?.read) return groups ?? unseen('');
  const groupOf = ({ groupVersion }: ServedApi): string => (groupVersion.includes('/') ? (groupVersion.split('/')[0] ?? '') : '');
  // by group, and within one as the server prefers
  return seen([...core.value, ...groups.value].toSorted((a, b) => byText(groupOf(a), groupOf(b))));
};

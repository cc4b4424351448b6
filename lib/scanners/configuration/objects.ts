import type { CertificateRequestFact, NamespaceFact, SecretFact, ServiceAccountFact, Slice } from '../../core/facts/index.ts';
import { seen, unseen } from '../../core/facts/index.ts';
import type { ClusterAccess } from '../../ports/cluster-access.ts';
import { byText, given, type Listing, readAll, together } from './listing.ts';
import { ApiGroupList, CertificateSigningRequest } from './object-schema.ts';
import { Named, Namespace, ServiceAccount } from './workload-schema.ts';

const core = (resource: string, rest: Omit<Listing, 'group' | 'version' | 'resource'>): Listing => ({
  group: '',
  version: 'v1',
  resource,
  ...rest,
});
const listings = {
  namespaces: core('namespaces', { feeds: ['namespaces'], purpose: 'which policies the namespaces are under' }),
  serviceAccounts: core('serviceaccounts', { feeds: ['serviceAccounts'], purpose: 'where tokens are mounted' }),
  certificateRequests: {
    group: 'certificates.k8s.io',
    version: 'v1',
    resource: 'certificatesigningrequests',
    feeds: ['certificateRequests'],
    purpose: 'client certificates issued to people',
  },
} as const satisfies Record<string, Listing>;
export const serviceAccountListing: Listing = listings.serviceAccounts;
export const objectListings: readonly Listing[] = Object.values(listings);

/** Listing Secrets cannot be allowed for metadata only, so these two are kept apart: whoever grants them grants reading Secrets. */
const secretListings = [
  {
    type: 'kubernetes.io/service-account-token',
    at: core('secrets', { feeds: ['tokenSecrets'], purpose: 'long-lived ServiceAccount tokens, names only' }),
  },
  {
    type: 'bootstrap.kubernetes.io/token',
    at: core('secrets', { namespace: 'kube-system', feeds: ['tokenSecrets'], purpose: 'bootstrap tokens, names only' }),
  },
] as const;
export const tokenSecretListings: readonly Listing[] = secretListings.map(({ at }) => at);

const byPlace = (a: { namespace: string; name: string }, b: { namespace: string; name: string }): number =>
  byText(`${a.namespace}/${a.name}`, `${b.namespace}/${b.name}`);
const sortedBy = <T>(slice: Slice<readonly T[]>, order: (a: T, b: T) => number): Slice<readonly T[]> =>
  slice.read ? seen(slice.value.toSorted(order)) : slice;

/** All namespaces with their labels. */
export const observeNamespaces = async (access: ClusterAccess): Promise<Slice<readonly NamespaceFact[]>> => {
  const keep = ({ metadata }: { metadata: { name: string; labels?: Record<string, string> | null | undefined } }): NamespaceFact => ({
    name: metadata.name,
    labels: metadata.labels ?? {},
  });
  const read = await readAll(access, listings.namespaces, Namespace, keep, { metadataOnly: true });
  return sortedBy(read, (a, b) => byText(a.name, b.name));
};

/** All ServiceAccounts with their own word on mounting tokens. */
export const observeServiceAccounts = async (access: ClusterAccess): Promise<Slice<readonly ServiceAccountFact[]>> => {
  const read = await readAll(access, listings.serviceAccounts, ServiceAccount, ({ metadata, automountServiceAccountToken }) =>
    given<ServiceAccountFact>({ ...metadata, automountServiceAccountToken: automountServiceAccountToken ?? undefined }),
  );
  return sortedBy(read, byPlace);
};

/** Secrets that are tokens, by metadata; the type is known from what was asked for. */
export const observeTokenSecrets = async (access: ClusterAccess): Promise<Slice<readonly SecretFact[]>> => {
  const [accountTokens, bootstrapTokens] = await Promise.all(
    secretListings.map(({ type, at }) =>
      readAll(access, at, Named, ({ metadata }): SecretFact => ({ type, namespace: metadata.namespace ?? '', name: metadata.name }), {
        metadataOnly: true,
        query: { fieldSelector: `type=${type}` },
      }),
    ),
  );
  const read = together({ accountTokens, bootstrapTokens } as Record<string, Slice<readonly SecretFact[]>>);
  return read.read ? seen(Object.values(read.value).flat().toSorted(byPlace)) : read;
};

const requestOf = ({ metadata, spec, status }: CertificateSigningRequest): CertificateRequestFact => ({
  name: metadata.name,
  signer: spec.signerName,
  requester: spec.username ?? '',
  usages: spec.usages ?? [],
  approved: status?.conditions?.some(({ type }) => type === 'Approved') ?? false,
});

/** CertificateSigningRequests that are still kept; the controller manager removes old ones within hours. */
export const observeCertificateRequests = async (access: ClusterAccess): Promise<Slice<readonly CertificateRequestFact[]>> =>
  sortedBy(await readAll(access, listings.certificateRequests, CertificateSigningRequest, requestOf), (a, b) => byText(a.name, b.name));

/** The API groups that are served, with their versions. */
export const observeApis = async (access: ClusterAccess): Promise<Slice<ReadonlyMap<string, readonly string[]>>> => {
  const answer = await access.get('/apis', ApiGroupList);
  if (!answer.ok) return unseen(answer.failure.say);
  const groups = answer.value.groups.toSorted((a, b) => byText(a.name, b.name));
  return seen(new Map(groups.map(({ name, versions }) => [name, versions.map(({ version }) => version)])));
};

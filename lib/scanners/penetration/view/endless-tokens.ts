import { z } from 'zod';
import { type Slice, seen, unseen } from '../../../core/facts/index.ts';
import type { EndlessToken } from '../../../core/probing/index.ts';
import type { ClusterAccess } from '../../../ports/cluster-access.ts';
import { byText, given } from '../../configuration/listing.ts';
import { holdsRight } from './own-rights.ts';

const accountName = 'kubernetes.io/service-account.name';

/** The metadata of a Secret: the contents are not asked for, and of annotations this one is kept. */
const Secret = z.object({
  metadata: z.object({
    namespace: z.string(),
    name: z.string(),
    annotations: z.object({ [accountName]: z.string().optional() }).nullish(),
  }),
});

/** No right is asked for: RBAC cannot tell metadata from contents, and who may list Secrets may read them all. Whoever has it, has it already. */
const withoutRight = unseen(
  'Whether tokens without an end lie in Secrets is not known: the credential of the scan may not list Secrets. It should not be given that right for this alone.',
);

/** Tokens of ServiceAccounts that lie in Secrets and never end, by metadata alone, where the credential may list Secrets anyway. */
export const observeEndlessTokens = async (access: ClusterAccess): Promise<Slice<readonly EndlessToken[]>> => {
  // asked first, so that nobody finds a refused attempt to list Secrets in the audit log
  const may = await holdsRight(access, { verb: 'list', apiGroup: '', resource: 'secrets' });
  if (!may.ok) return unseen(may.failure.say);
  if (!may.value) return withoutRight;
  const tokens: EndlessToken[] = [];
  const add = ({ metadata: { namespace, name, annotations } }: z.infer<typeof Secret>): void => {
    tokens.push(given<EndlessToken>({ namespace, name, account: annotations?.[accountName] }));
  };
  const query = { fieldSelector: 'type=kubernetes.io/service-account-token' };
  const answer = await access.list('/api/v1/secrets', Secret, add, { query, metadataOnly: true, onRestart: () => tokens.splice(0) });
  if (answer.ok) return seen(tokens.toSorted((a, b) => byText(`${a.namespace}/${a.name}`, `${b.namespace}/${b.name}`)));
  return answer.failure.code === 'permission-missing' ? withoutRight : unseen(answer.failure.say);
};

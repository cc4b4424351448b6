import { failed, succeed } from '../../../core/failure.ts';
import type { ApiToken } from '../../../fleet/people.ts';
import { assignmentsOf, type RoleFlags } from '../assignments.ts';
import { idOf } from '../names.ts';
import { type Column, detailsText } from '../output.ts';
import { inSession, type ListFlags, list } from '../run.ts';
import type { PrintFlags } from '../session.ts';

const columns: readonly Column<ApiToken>[] = [
  ['name', ({ name }) => name],
  ['id', ({ id }) => id],
  ['owner', ({ owner }) => owner.name],
  ['expires', ({ expiresAt }) => expiresAt],
  ['last used', ({ lastUsedAt }) => lastUsedAt],
  ['revoked', ({ revokedAt }) => revokedAt],
];

export const listTokens = inSession<ListFlags>(async (session, flags, terminal) =>
  list(session, flags, terminal, { id: 'tokens.list', none: 'There are no tokens that you see.' }, columns),
);

interface Fields extends PrintFlags, RoleFlags {
  readonly name: string;
  readonly days: number;
}
export const createToken = inSession<Fields>(async ({ client }, flags, terminal) => {
  const assignments = await assignmentsOf(client, flags);
  if (!assignments.ok) return assignments;
  if (!assignments.value)
    return failed('input-invalid', 'Say what the token may do, with --role or --project-role; it can never do more than you.');
  const made = await client.call('tokens.create', { body: { name: flags.name, days: flags.days, assignments: assignments.value } });
  if (!made.ok) return made;
  const note = 'Keep the token: it is not shown again.';
  return succeed({ json: made.value.json, text: detailsText({ ...terminal, columns: 160 }, made.value.body), note });
});

export const revokeToken = inSession<PrintFlags & { readonly token: string }>(async ({ client }, { token }) => {
  const id = await idOf(client, 'token', token);
  if (!id.ok) return id;
  const revoked = await client.call('tokens.revoke', { params: { tokenId: id.value } });
  return revoked.ok ? succeed({ json: null, text: `The token ${token} is revoked.\n` }) : revoked;
});

import { failed, type Result, succeed } from '../../../core/failure.ts';
import type { KubeconfigUser } from './schema.ts';

/** The Impersonate-* headers for a user's `as`, `as-uid`, `as-groups` and `as-user-extra`. */
export const impersonationOf = (user: KubeconfigUser, userName: string): Result<Readonly<Record<string, string | string[]>>> => {
  const groups = user['as-groups'] ?? [];
  const extra = Object.entries(user['as-user-extra'] ?? {});
  if (!user.as) {
    return user['as-uid'] || groups.length > 0 || extra.length > 0
      ? failed('kubeconfig-invalid', `The user ${userName} has as-uid, as-groups or as-user-extra without "as"; say as whom to act.`)
      : succeed({});
  }
  const headers: Record<string, string | string[]> = { 'Impersonate-User': user.as };
  if (user['as-uid']) headers['Impersonate-Uid'] = user['as-uid'];
  if (groups.length > 0) headers['Impersonate-Group'] = groups;
  for (const [key, values] of extra) headers[`Impersonate-Extra-${escapeKey(key)}`] = values;
  const isSendable = Object.values(headers)
    .flat()
    .every((value) => /^[\x20-\x7e]*$/.test(value));
  return isSendable
    ? succeed(headers)
    : failed('kubeconfig-invalid', `The user ${userName} acts as somebody whose name cannot be sent in an HTTP header; use ASCII letters.`);
};

/** Percent-encodes what may not stand in a header's name, and `%` itself, as the API server expects it. */
const escapeKey = (key: string): string =>
  key.replace(/[^A-Za-z0-9!#$&'*+.^_`|~-]/g, (character) =>
    [...Buffer.from(character, 'utf8')].map((byte) => `%${byte.toString(16).padStart(2, '0').toUpperCase()}`).join(''),
  );

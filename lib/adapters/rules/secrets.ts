import { failed, type Result, succeed } from '../../core/failure.ts';

// What every SecretStore demands of its callers.

/** Secrets Manager's limit. */
const longestSecret = 65_536;

export const isSecretName = (name: string): boolean => /^[A-Za-z0-9/_-]{1,200}$/.test(name);
/** The failure of a name that is none. */
export const badSecretName = failed('input-invalid', 'The name of a secret has 1 to 200 of A-Z, a-z, 0-9, / _ and -.');
export const noSecret = failed('not-found', 'There is no such secret. It was removed, or never stored.');

/** Checks a secret before it is stored; what it says holds nothing of it. */
export const examineSecret = (name: string, secret: string): Result<void> => {
  if (!isSecretName(name)) return badSecretName;
  const bytes = Buffer.byteLength(secret);
  return bytes > 0 && bytes <= longestSecret && secret.isWellFormed()
    ? succeed(undefined)
    : failed('input-invalid', `A secret is text of 1 to ${longestSecret} bytes, not ${bytes}.`);
};

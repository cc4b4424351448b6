import { createHash } from 'node:crypto';

/** Issuer of identities that no identity provider knows: the owner of a service on one machine. */
export const localIssuer = 'local';
/** Subject of that owner. */
export const localAdminSubject = 'admin';

/** Id of the user with this identity: the same person has the same id in every deployment, and two first sign-ins at once make one user. */
export const userIdOf = (issuer: string, subject: string): string =>
  `usr-${createHash('sha256')
    .update(JSON.stringify([issuer, subject]))
    .digest('hex')
    .slice(0, 32)}`;

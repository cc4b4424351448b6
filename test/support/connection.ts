import type { Connection, Credential } from '../../lib/adapters/kubernetes/connection.ts';
import { succeed } from '../../lib/core/failure.ts';
import type { Pki } from './certificates.ts';

/** A connection to a test server with the client certificate of a small cluster, or with the credential given. Nothing of the real environment is in it. */
export const connectionTo = (
  server: string,
  pki: Pki,
  change: Partial<Connection> & { readonly credential?: Credential } = {},
): Connection => {
  const { credential = { certificate: pki.client }, ...rest } = change;
  return {
    server: new URL(server),
    clusterName: 'lab',
    contextName: 'me@lab',
    userName: 'me',
    trust: { ca: pki.authority.cert, skipVerification: false },
    credentials: { kind: credential.authorization ? 'token' : 'client certificate', current: async () => succeed(credential) },
    impersonation: {},
    env: {},
    ...rest,
  };
};

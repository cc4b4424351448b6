import { type Result, succeed } from '../core/failure.ts';
import { readPublicKey } from '../reports/evidence/signature.ts';
import { clustersHandlers } from './clusters.ts';
import type { Handlers, HandlersOf, ServicePorts } from './handler.ts';
import { scansHandlers } from './scans.ts';
import { schedulesHandlers } from './schedules.ts';
import { tenantHandlers } from './tenant.ts';

/** How people sign in here, for the command line; nulls where only tokens are taken. */
export interface SignInSettings {
  readonly issuer: string | null;
  readonly clientId: string | null;
  readonly scopes: readonly string[];
}

/** What the service says of itself. Its OpenAPI document is the HTTP side's to give. */
const ownHandlers = (ports: ServicePorts, signIn: SignInSettings): Omit<HandlersOf<'service'>, 'service.openapi'> => ({
  'service.health': async () => succeed({ body: { status: 'ok', version: ports.version } }),
  'service.signIn': async () => succeed({ body: { ...signIn, scopes: [...signIn.scopes] } }),
  'service.evidenceKey': async () => {
    const pem = await ports.signer.publicKey();
    if (!pem.ok) return pem;
    const key = readPublicKey(pem.value, 'the signing key');
    return key.ok ? succeed({ body: { keyId: key.value.keyId, pem: pem.value } }) : key;
  },
});

type AnyHandler = (call: { readonly params?: { readonly projectId?: string } }) => Promise<Result<unknown>>;

/** Handlers that answer 404 for a project that is not there: who sees every project would else see an empty one under every id. What was done in a deleted project stays to be read. */
const inExistingProject = <H extends object>({ records }: ServicePorts, handlers: H): H => {
  const guarded =
    (handler: AnyHandler): AnyHandler =>
    async (call) => {
      const projectId = call.params?.projectId;
      const project = projectId === undefined ? succeed(undefined) : await records.projects.need(projectId);
      return project.ok ? handler(call) : project;
    };
  const entries = Object.entries(handlers).map(([id, handler]) => [id, /^(projects|audit)\./.test(id) ? handler : guarded(handler)]);
  return Object.fromEntries(entries) as H;
};

/** Every operation of the API but the OpenAPI document, over one set of ports. */
export const makeHandlers = (ports: ServicePorts, signIn: SignInSettings): Omit<Handlers, 'service.openapi'> => ({
  ...ownHandlers(ports, signIn),
  ...inExistingProject(ports, {
    ...tenantHandlers(ports),
    ...clustersHandlers(ports),
    ...schedulesHandlers(ports),
    ...scansHandlers(ports),
  }),
});

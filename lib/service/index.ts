import { allRoutes, type RouteId } from '../api/index.ts';
import { type Result, succeed } from '../core/failure.ts';
import type { Handlers, HandlersOf, ServicePorts } from './handler.ts';

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
    const key = (await import('../reports/evidence/signature.ts')).readPublicKey(pem.value, 'the signing key');
    return key.ok ? succeed({ body: { keyId: key.value.keyId, pem: pem.value } }) : key;
  },
});

type GroupOf<Id extends RouteId> = Id extends `${infer Group}.${string}` ? Group : never;
type Group = Exclude<GroupOf<RouteId>, 'service'>;

/** The handlers of each group of routes, loaded with its first call: a process seldom needs all of them (docs/adr/0026). */
const groups: { readonly [G in Group]: (ports: ServicePorts) => Promise<HandlersOf<G>> } = {
  me: async (ports) => (await import('./me.ts')).meHandlers(ports),
  projects: async (ports) => (await import('./projects.ts')).projectsHandlers(ports),
  teams: async (ports) => (await import('./teams.ts')).teamsHandlers(ports),
  roles: async (ports) => (await import('./roles.ts')).rolesHandlers(ports),
  users: async (ports) => (await import('./users.ts')).usersHandlers(ports),
  tokens: async (ports) => (await import('./tokens.ts')).tokensHandlers(ports),
  audit: async (ports) => (await import('./audit.ts')).auditHandlers(ports),
  clusters: async (ports) => (await import('./clusters.ts')).clustersHandlers(ports),
  schedules: async (ports) => (await import('./schedules.ts')).schedulesHandlers(ports),
  scans: async (ports) => (await import('./scans.ts')).scansHandlers(ports),
  waivers: async (ports) => (await import('./waivers.ts')).waiversHandlers(ports),
  policies: async (ports) => (await import('./policies.ts')).policiesHandlers(ports),
  overrides: async (ports) => (await import('./overrides.ts')).overridesHandlers(ports),
  pipelines: async (ports) => (await import('./pipelines.ts')).pipelinesHandlers(ports),
  webhooks: async (ports) => (await import('./webhooks.ts')).webhooksHandlers(ports),
  gate: async (ports) => (await import('./gate.ts')).gateHandlers(ports),
};

type AnyHandler = (call: { readonly params?: { readonly projectId?: string } }) => Promise<Result<unknown>>;

/** A handler that is loaded when it is first called. */
const loaded =
  (ports: ServicePorts, id: RouteId, group: Group): AnyHandler =>
  async (call) =>
    ((await groups[group](ports)) as unknown as Record<RouteId, AnyHandler>)[id](call);

/** A handler that answers 404 for a project that is not there: who sees every project would else see an empty one under every id. */
const inExistingProject =
  ({ records }: ServicePorts, handler: AnyHandler): AnyHandler =>
  async (call) => {
    const projectId = call.params?.projectId;
    const project = projectId === undefined ? succeed(undefined) : await records.projects.need(projectId);
    return project.ok ? handler(call) : project;
  };

/** Every operation of the API but the OpenAPI document, over one set of ports. */
export const makeHandlers = (ports: ServicePorts, signIn: SignInSettings): Omit<Handlers, 'service.openapi'> => {
  const entries = allRoutes.flatMap(([id]) => {
    const group = id.replace(/\..*$/, '') as GroupOf<RouteId>;
    if (group === 'service') return [];
    const handler = loaded(ports, id, group);
    // what was done in a deleted project stays to be read
    return [[id, group === 'projects' || group === 'audit' ? handler : inExistingProject(ports, handler)] as const];
  });
  return { ...ownHandlers(ports, signIn), ...(Object.fromEntries(entries) as unknown as Omit<Handlers, `service.${string}`>) };
};

import { succeed } from '../../lib/core/failure.ts';
import type { ConnectionRequest } from '../../lib/fleet/connection.ts';
import type { AuditRecord } from '../../lib/fleet/people.ts';
import type { Verdict } from '../../lib/gate/evaluation.ts';
import { isAllowed } from '../../lib/gate/evaluation.ts';
import { type ApiDependencies, makeApiHandler } from '../../lib/http/api-handler.ts';
import { createAuthenticator } from '../../lib/http/authenticator.ts';
import { startServer } from '../../lib/http/node-server.ts';
import type { PipelineIdentity } from '../../lib/http/pipeline-identity.ts';
import { type EvaluationRun, isEvaluationRun } from '../../lib/ports/scan-starter.ts';
import { ensureDefaults } from '../../lib/service/default-project.ts';
import type { ServicePorts } from '../../lib/service/handler.ts';
import { answerHook } from '../../lib/service/hooks/index.ts';
import { makeHandlers } from '../../lib/service/index.ts';
import { pipelinesHandlers } from '../../lib/service/pipelines.ts';
import { must } from './answers.ts';
import { apiClient } from './api/client.ts';
import { aCluster } from './fleet.ts';
import { now, rules, type Sample, webhookKey } from './pipelines.ts';
import { allMighty, callOf, createServicePorts } from './service.ts';

const ofSystem = (system: string) => rules.filter((rule) => rule.system === system);
const secret = (of: string) => `${of}-secret-0123456789`;
const tokenOfGitLab = 'glpat-0123456789abcdef';

/** A connection for each recorded payload, as an administrator would make it. */
export const connectionOf: Readonly<Record<string, (key: string) => ConnectionRequest>> = {
  'GitHub deployment protection rule': (credential) => ({
    ...{ name: 'hub', rules: ofSystem('github'), active: true, secret: secret('github'), credential },
    settings: { system: 'github', apiBase: 'https://api.github.com', appId: '123456' },
  }),
  'GitLab status check': () => ({
    ...{ name: 'lab', rules: ofSystem('gitlab'), active: true, secret: secret('gitlab'), credential: tokenOfGitLab },
    settings: { system: 'gitlab', apiBase: 'https://gitlab.example.com/api/v4' },
  }),
  'GitLab deployment approval': () => ({
    ...{ name: 'lab signed', rules: ofSystem('gitlab'), active: true, secret: webhookKey, credential: tokenOfGitLab },
    settings: { system: 'gitlab', apiBase: 'https://gitlab.example.com/api/v4' },
  }),
  'Azure DevOps check': () => ({
    ...{ name: 'azure', rules: ofSystem('azure'), active: true, secret: secret('azure') },
    settings: { system: 'azure', collections: ['https://dev.azure.com/fabrikam/'] },
  }),
  'Tekton interceptor': () => ({
    ...{ name: 'tekton', rules: ofSystem('tekton'), active: true, secret: secret('tekton') },
    settings: { system: 'tekton' },
  }),
  'Cluster API hook': () => ({
    ...{ name: 'capi', rules: ofSystem('cluster-api'), active: true, secret: secret('cluster-api') },
    settings: { system: 'cluster-api' },
  }),
  'Flux event': () => ({
    ...{ name: 'flux', rules: ofSystem('flux'), active: true, secret: secret('flux') },
    settings: { system: 'flux', receiver: 'https://flux.example.com/hook/0123456789abcdef' },
  }),
  'signed webhook': () => ({
    ...{ name: 'ci', rules: [], active: true, secret: webhookKey },
    settings: { system: 'webhook', clusters: ['prod-a'], hosts: ['ci.example.com'] },
  }),
};

const behind: Readonly<Record<string, string>> = {
  'GitLab status check': '/status',
  'GitLab deployment approval': '/deployment',
  'Cluster API hook': '/hooks.runtime.cluster.x-k8s.io/v1alpha1/beforeclusterupgrade/before-cluster-upgrade',
};
/** What comes behind the address of a connection. */
export const placeOf = ({ name }: Sample): string => behind[name] ?? '';

export interface HookServerOptions {
  /** What the run of an evaluation decides at once; it stays undecided without one. */
  readonly decide?: Verdict;
  readonly limits?: ApiDependencies['limits'];
  readonly pipelines?: (ports: ServicePorts) => PipelineIdentity;
  readonly privateKey: string;
}

/** The service over a real server of loopback, with one cluster, on a clock that began when the payloads were recorded and runs. */
export const startHooks = async (options: HookServerOptions) => {
  const service = createServicePorts();
  service.setNow(now);
  const begun = performance.now();
  const clock = { ...service.ports.clock, now: () => new Date(Date.parse(now) + performance.now() - begun).toISOString() };
  const runs: EvaluationRun[] = [];
  const decided = options.decide;
  const { records } = service.ports;
  const starter: ServicePorts['starter'] = {
    start: async (run) => {
      if (!isEvaluationRun(run)) return succeed(undefined);
      runs.push(run);
      if (decided !== undefined)
        await records.evaluations.update({ clusterId: run.clusterId, name: run.evaluationId }, (record) => {
          const expiresAt = new Date(Date.parse(now) + 3_600_000).toISOString();
          const summary = `The verdict is ${decided}.`;
          return succeed({ ...record, state: 'decided', verdict: decided, allowed: isAllowed(decided), summary, expiresAt });
        });
      return succeed(undefined);
    },
  };
  const ports: ServicePorts = { ...service.ports, clock, starter };
  must(await ensureDefaults(ports));
  const cluster = aCluster({ projectId: 'default', name: 'prod-a' });
  must(await records.clusters.create(cluster));
  must(await records.names.reserve('clusters/default', 'prod-a', cluster.id, async () => true));
  const logged: unknown[] = [];
  const many = { burst: 1_000_000, perSecond: 1000 };
  const handler = makeApiHandler({
    handlers: makeHandlers(ports, { issuer: null, clientId: null, scopes: [] }),
    ...{ records, shortLived: ports.shortLived, clock, version: '9.9.9' },
    authenticator: createAuthenticator({
      ...{ records, clock, admins: [] },
      ...(options.pipelines ? { pipelines: options.pipelines(ports) } : {}),
    }),
    hooks: (call) => answerHook(ports, call),
    log: (...line) => void logged.push(line),
    limits: { principal: many, address: many, ...options.limits },
  });
  const server = must(await startServer({ handler, clock, log: (...line) => void logged.push(line), port: 0 }));
  const client = apiClient(server.url);
  const pipelines = pipelinesHandlers(ports);
  const connect = async (sample: Sample, change: Partial<ConnectionRequest> = {}) => {
    const request = connectionOf[sample.name]?.(options.privateKey);
    if (!request) throw new Error(`no connection for ${sample.name}`);
    const params = { projectId: 'default' };
    const body = { ...request, ...change };
    return must(await pipelines['pipelines.createConnection'](callOf<'pipelines.createConnection'>(allMighty, { params, body }))).body;
  };
  const audited = async (): Promise<AuditRecord[]> => {
    const found: AuditRecord[] = [];
    for await (const { value } of records.audit.all({ pk: 'AUDIT#default' })) found.push(value);
    return found;
  };
  return {
    ...{ ports, service, runs, logged, audited, pipelines, connect, url: server.url, ask: client.ask, cluster },
    close: async () => {
      client.close();
      await server.close();
      service.close();
    },
  };
};
export type HookServer = Awaited<ReturnType<typeof startHooks>>;

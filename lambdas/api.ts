import { clock, deployedPorts, version } from '../lib/adapters/aws/deployed/index.ts';
import { type ApiHandler, makeApiHandler } from '../lib/http/api-handler.ts';
import { createRecords } from '../lib/records/index.ts';
import { makeHandlers } from '../lib/service/index.ts';
import { eventsOf } from './shared/events.ts';
import { logAt } from './shared/log.ts';
import { authenticatorOver, signIn } from './shared/people.ts';

const ports = deployedPorts(process.env);
const records = createRecords(ports.recordStore('recordTable'));
const secrets = ports.secrets();
const service = {
  version,
  clock,
  secrets,
  records,
  shortLived: ports.recordStore('shortLivedTable'),
  objects: ports.objects(),
  events: eventsOf(ports, records),
  signer: ports.signer(),
  connector: ports.connector(),
  rules: ports.rules(),
  starter: ports.starter(),
  webhooks: ports.webhookTester(secrets),
};
const answer = makeApiHandler({
  ...service,
  handlers: makeHandlers(service, signIn),
  authenticator: authenticatorOver(service.records, ports.fetcher()),
  hooks: async (call) => (await import('../lib/service/hooks/index.ts')).answerHook(service, call),
  log: logAt,
});

/** Sees to it that the default project is there; what fails at it is left to the next call. */
const prepare = async (): Promise<void> => {
  const { ensureDefaults } = await import('../lib/service/default-project.ts');
  const made = await ensureDefaults(service).catch(() => undefined);
  if (!made?.ok) prepared = undefined;
};
let prepared: Promise<void> | undefined;

/** API v1. The first call of a process prepares what every deployment has. */
export const handler: ApiHandler = async (event, context) => {
  prepared ??= prepare();
  await prepared;
  return answer(event, context);
};

import { clock, deployedPorts, version } from '../lib/adapters/aws/deployed/index.ts';
import { type ApiHandler, makeApiHandler } from '../lib/http/api-handler.ts';
import { createRecords } from '../lib/records/index.ts';
import { makeHandlers } from '../lib/service/index.ts';
import { ensureDefaults } from '../lib/service/projects.ts';
import { eventsOf } from './shared/events.ts';
import { authenticatorOver, signIn } from './shared/people.ts';
import { logAt } from './shared/report.ts';

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
  starter: ports.starter(),
  webhooks: ports.webhookTester(secrets),
};
const answer = makeApiHandler({
  ...service,
  handlers: makeHandlers(service, signIn),
  authenticator: authenticatorOver(service.records),
  log: logAt,
});

let prepared: Promise<unknown> | undefined;

/** API v1. The first call of a process sees to it that the default project is there. */
export const handler: ApiHandler = async (event, context) => {
  prepared ??= ensureDefaults(service).then((made) => {
    if (!made.ok) prepared = undefined;
  });
  await prepared;
  return answer(event, context);
};

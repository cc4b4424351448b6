import { type DurableContext, withDurableExecution } from '@aws/durable-execution-sdk-js';
import manifest from '../../../package.json' with { type: 'json' };
import { createClusterConnector } from '../../adapters/kubernetes/untrusted/connector.ts';
import { createDurableEngine, type DurableEngine } from '../../adapters/local/durable/engine.ts';
import { createLocalScanStarter, scanHandler } from '../../adapters/local/durable/local-scan-starter.ts';
import { readFonts } from '../../adapters/local/report-fonts.ts';
import { systemClock } from '../../adapters/local/system-clock.ts';
import { makeRuleThread } from '../../adapters/rules/rule-runner.ts';
import { createPipelineCaller } from '../../adapters/webhooks/caller.ts';
import { createFetcher, type Fetcher } from '../../adapters/webhooks/fetcher.ts';
import { createWebhookSender } from '../../adapters/webhooks/sender.ts';
import { createWebhookTester } from '../../adapters/webhooks/tester.ts';
import { type Result, succeed } from '../../core/failure.ts';
import { renderEvaluation } from '../../evaluations/render.ts';
import type { Json } from '../../ports/record-store.ts';
import { createRecords } from '../../records/index.ts';
import { type Rendered, renderReport } from '../../reports/renderers/renderer.ts';
import type { ServicePorts } from '../../service/handler.ts';
import { createDeliveries, isPipelineCallback, makeDelivery, type Outgoing } from '../../workflows/deliver-webhook.ts';
import { type DurableRunPorts, makeDurableRuns } from '../../workflows/durable-runs.ts';
import { readStoredEvaluation } from '../../workflows/evaluation-run/store.ts';
import { makePipelineCallback } from '../../workflows/tell-pipeline.ts';
import { type DataFolder, openDataFolder } from './folder.ts';
import type { ServeFlags, ServeSettings } from './settings.ts';

/** Writes a line of the log: a code that never changes, and fields. */
export type LogLine = (code: string, fields: Readonly<Record<string, string | number | undefined>>) => void;

/** The service on one machine, put together and still without its server. */
export interface LocalService {
  readonly ports: ServicePorts;
  readonly engine: DurableEngine;
  readonly folder: DataFolder;
  /** Fetches documents of issuers that trust rules name. */
  readonly fetchDocument: Fetcher;
  /** Lets what is under way end, and gives the data folder free. */
  close(): Promise<void>;
}

const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done, { once: true });
  });

const wholeOf = async (rendered: Rendered): Promise<Uint8Array> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of rendered) pieces.push(typeof piece === 'string' ? Buffer.from(piece) : piece);
  return Buffer.concat(pieces);
};
const fontsFor = async (format: string) => (format === 'pdf' ? { fonts: await readFonts() } : {});
const render: DurableRunPorts['render'] = async (format, report) => wholeOf(await renderReport(format, report, await fontsFor(format)));
const renderOfGate: DurableRunPorts['renderEvaluation'] = async (format, evaluation) =>
  wholeOf(await renderEvaluation(format, evaluation, await fontsFor(format)));

const deliveryHandler = 'deliver';

/** Puts the service of one machine together over a data folder. A folder that another process serves is a failure. */
export const openLocalService = async (
  flags: ServeFlags,
  settings: ServeSettings,
  baseUrl: () => string,
  log: LogLine,
): Promise<Result<LocalService>> => {
  const clock = systemClock;
  const { version } = manifest;
  const opened = await openDataFolder(flags.data, clock, baseUrl);
  if (!opened.ok) return opened;
  const folder = opened.value;
  const { objects, secrets, signer, database } = folder;
  const { allow, isLoopbackAllowed } = settings;
  const records = createRecords(folder.core);
  const connector = createClusterConnector({ allow, version, isLoopbackAllowed });
  const sender = createWebhookSender({
    secrets,
    clock,
    hosts: { patterns: flags.webhookHost, isLoopbackAllowed },
    allow,
    source: `gatehouse/${version}`,
    version,
    sleep,
    // deliveries are durable runs, which remember by themselves
    remember: async () => undefined,
  });
  const caller = createPipelineCaller({ hosts: { patterns: flags.webhookHost, isLoopbackAllowed }, allow, version });
  // the engine needs the workflows, and these need an engine that starts deliveries: it is there before the first run
  const late: { engine?: DurableEngine } = {};
  const events = createDeliveries(records, async (name, delivery) => {
    const started = late.engine?.start(name, deliveryHandler, delivery as unknown as Json);
    return started?.ok === false ? started : succeed(undefined);
  });
  const rules = makeRuleThread();
  const runPorts: DurableRunPorts = {
    version,
    records,
    objects,
    secrets,
    events,
    signer,
    clock,
    connector,
    render,
    renderEvaluation: renderOfGate,
    rules: rules.run,
    sleep,
    log,
  };
  const deliver = makeDelivery({ records, clock, sendOnce: (target, event) => sender.sendOnce(target, event) });
  const tell = makePipelineCallback({
    records,
    secrets,
    clock,
    get publicUrl() {
      return baseUrl();
    },
    readEvaluation: (record) => readStoredEvaluation({ objects }, record),
    call: (outgoing) => caller.call(outgoing),
  });
  const engine = createDurableEngine({
    database,
    handlers: (durableExecutionClient) => ({
      [scanHandler]: withDurableExecution(makeDurableRuns(runPorts), { durableExecutionClient }),
      [deliveryHandler]: withDurableExecution(
        async (outgoing: Outgoing, context: DurableContext) =>
          isPipelineCallback(outgoing) ? tell(outgoing, context) : deliver(outgoing, context),
        { durableExecutionClient },
      ),
    }),
    now: () => clock.now(),
    log,
  });
  if (!engine.ok) {
    database.close();
    return engine;
  }
  late.engine = engine.value;
  const trials = makeRuleThread();
  const ports: ServicePorts = {
    version,
    records,
    shortLived: folder.shortLived,
    objects,
    secrets,
    events,
    signer,
    clock,
    connector,
    starter: createLocalScanStarter(engine.value),
    webhooks: createWebhookTester(sender, clock),
    rules: trials.run,
  };
  return succeed({
    ports,
    engine: engine.value,
    folder,
    fetchDocument: createFetcher({ allow, version, isLoopbackAllowed }),
    close: async () => {
      await engine.value.close();
      await rules.close();
      await trials.close();
      sender.close();
      caller.close();
      database.close();
    },
  });
};

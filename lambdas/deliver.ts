import { type DurableContext, withDurableExecution } from '@aws/durable-execution-sdk-js';
import { clock, deployedPorts } from '../lib/adapters/aws/deployed/index.ts';
import { lazily } from '../lib/adapters/aws/deployed/lazily.ts';
import { optionalSetting } from '../lib/core/environment.ts';
import { createRecords } from '../lib/records/index.ts';
import { isPipelineCallback, makeDelivery, type Outgoing } from '../lib/workflows/deliver-webhook.ts';

const ports = deployedPorts(process.env);
const records = createRecords(ports.recordStore('recordTable'));
const secrets = ports.secrets();
const objects = ports.objects();
const sender = ports.webhookSender(secrets);
const caller = ports.pipelineCaller();
const deliver = makeDelivery({ clock, records, sendOnce: (target, event) => sender.sendOnce(target, event) });
const pipelines = lazily(async () => {
  const { makePipelineCallback } = await import('../lib/workflows/tell-pipeline.ts');
  const { readStoredEvaluation } = await import('../lib/workflows/evaluation-run/store.ts');
  const tell = makePipelineCallback({
    clock,
    records,
    secrets,
    publicUrl: optionalSetting(process.env, 'publicUrl'),
    readEvaluation: (record) => readStoredEvaluation({ objects }, record),
    call: (outgoing) => caller.call(outgoing),
  });
  return { tell };
});

/** One event on its way to one webhook, or one decision to whoever asked, as a durable run: sleeps between tries, for hours if the receiver asks for it, and costs nothing meanwhile. */
export const handler = withDurableExecution(
  async (outgoing: Outgoing, context: DurableContext): Promise<{ readonly is: string }> =>
    isPipelineCallback(outgoing) ? pipelines.tell(outgoing, context) : deliver(outgoing, context),
);

import { type DurableContext, withDurableExecution } from '@aws/durable-execution-sdk-js';
import { clock, deployedPorts } from '../lib/adapters/aws/deployed/index.ts';
import { createRecords } from '../lib/records/index.ts';
import { type Delivery, makeDelivery } from '../lib/workflows/deliver-webhook.ts';

const ports = deployedPorts(process.env);
const sender = ports.webhookSender(ports.secrets());
const deliver = makeDelivery({
  clock,
  records: createRecords(ports.recordStore('recordTable')),
  sendOnce: (target, event) => sender.sendOnce(target, event),
});

/** One event on its way to one webhook, as a durable run: sleeps between tries, for hours if the receiver asks for it, and costs nothing meanwhile. */
export const handler = withDurableExecution((delivery: Delivery, context: DurableContext) => deliver(delivery, context));

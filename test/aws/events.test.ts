import { CreateEventBusCommand, EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { z } from 'zod';
import { createEventBridgeEvents } from '../../lib/adapters/aws/eventbridge-events.ts';
import { createSnsEvents } from '../../lib/adapters/aws/sns-events.ts';
import { eventTypes, type GatehouseEvent } from '../../lib/ports/events.ts';
import { describeEvents } from '../contracts/events.contract.ts';
import { emulated } from './emulator.ts';
import { createQueue } from './queue.ts';

const CloudEvent = z.strictObject({
  specversion: z.literal('1.0'),
  id: z.string(),
  source: z.literal('gatehouse'),
  type: z.enum(eventTypes),
  subject: z.string(),
  time: z.string(),
  datacontenttype: z.literal('application/json'),
  data: z.record(z.string(), z.json()),
});
const eventOf = (raw: unknown): GatehouseEvent => {
  const { id, type, subject, time, data } = CloudEvent.parse(raw);
  return { id, type, subject, time, data };
};

describeEvents('EventBridge', async () => {
  const client = new EventBridgeClient(emulated());
  const queue = await createQueue();
  const bus = 'gatehouse';
  await client.send(new CreateEventBusCommand({ Name: bus }));
  await client.send(
    new PutRuleCommand({
      Name: 'all',
      EventBusName: bus,
      EventPattern: JSON.stringify({ source: ['gatehouse'], 'detail-type': eventTypes }),
    }),
  );
  await client.send(new PutTargetsCommand({ Rule: 'all', EventBusName: bus, Targets: [{ Id: 'queue', Arn: queue.arn }] }));
  const Envelope = z.object({ source: z.literal('gatehouse'), 'detail-type': z.enum(eventTypes), time: z.string(), detail: z.unknown() });
  return {
    publisher: createEventBridgeEvents(client, { bus }),
    arrived: async () => (await queue.all()).map((body) => eventOf(Envelope.parse(JSON.parse(body)).detail)),
    close: () => client.destroy(),
  };
});

describeEvents('SNS', async () => {
  const client = new SNSClient(emulated());
  const queue = await createQueue();
  const { TopicArn } = await client.send(new CreateTopicCommand({ Name: 'gatehouse' }));
  const raw = { RawMessageDelivery: 'true' };
  await client.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: queue.arn, Attributes: raw }));
  return {
    publisher: createSnsEvents(client, { topicArn: TopicArn ?? '' }),
    arrived: async () => (await queue.all()).map((body) => eventOf(JSON.parse(body))),
    close: () => client.destroy(),
  };
});

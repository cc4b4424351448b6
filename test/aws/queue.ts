import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { emulated } from './emulator.ts';

/** Asks the emulator's SQS by hand: the product has no use for a client of it. */
const ask = async <T>(action: string, body: unknown, schema: z.ZodType<T>): Promise<T> => {
  const { endpoint, region } = emulated();
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `AmazonSQS.${action}`,
      authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/sqs/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify(body),
  });
  return schema.parse(await answer.json());
};

const Messages = z.object({ Messages: z.array(z.object({ Body: z.string(), ReceiptHandle: z.string() })).default([]) });

/** A queue of the emulator that collects what arrives. */
export const createQueue = async () => {
  const name = `arrived-${randomUUID()}`;
  const { QueueUrl } = await ask('CreateQueue', { QueueName: name }, z.object({ QueueUrl: z.string() }));
  const bodies: string[] = [];
  return {
    arn: `arn:aws:sqs:${emulated().region}:123456789012:${name}`,
    /** All messages that arrived so far. */
    all: async (): Promise<readonly string[]> => {
      for (;;) {
        const { Messages: messages } = await ask('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 0 }, Messages);
        if (messages.length === 0) return bodies;
        for (const { Body, ReceiptHandle } of messages) {
          bodies.push(Body);
          await ask('DeleteMessage', { QueueUrl, ReceiptHandle }, z.unknown());
        }
      }
    },
  };
};

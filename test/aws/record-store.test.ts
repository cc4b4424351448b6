import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createDynamoRecords } from '../../lib/adapters/aws/dynamo-records.ts';
import { indexNames } from '../../lib/ports/record-store.ts';
import { describeRecordStore } from '../contracts/record-store.contract.ts';
import { emulated } from './emulator.ts';

const keySchema = (pk: string, sk: string) => [
  { AttributeName: pk, KeyType: 'HASH' as const },
  { AttributeName: sk, KeyType: 'RANGE' as const },
];

const createTable = async (client: DynamoDBClient): Promise<string> => {
  const table = `core-${randomUUID()}`;
  const names = ['pk', 'sk', ...indexNames.flatMap((name) => [`${name}Pk`, `${name}Sk`])];
  await client.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: keySchema('pk', 'sk'),
      GlobalSecondaryIndexes: indexNames.map((name) => ({
        IndexName: name,
        KeySchema: keySchema(`${name}Pk`, `${name}Sk`),
        Projection: { ProjectionType: 'ALL' },
      })),
    }),
  );
  return table;
};

describeRecordStore('DynamoDB', async () => {
  const client = new DynamoDBClient(emulated());
  const table = await createTable(client);
  let now = '';
  return {
    store: createDynamoRecords(client, { table, now: () => now }),
    setNow: (iso) => {
      now = iso;
    },
    close: () => client.destroy(),
  };
});

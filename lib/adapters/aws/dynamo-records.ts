import { randomUUID } from 'node:crypto';
import { ConditionalCheckFailedException, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { type Result, succeed } from '../../core/failure.ts';
import {
  indexNames,
  type NewRecord,
  type RecordKey,
  type RecordPage,
  type RecordQuery,
  type RecordStore,
  type StoredRecord,
} from '../../ports/record-store.ts';
import { conflictOf, cursorAt, examineQuery, examineRecord, isKey, type Reading, secondsOf, storedRecord } from '../rules/records.ts';
import { orAwsTrouble } from './trouble.ts';

export interface DynamoRecordsOptions {
  /**
   * Name of the table: keys `pk` and `sk`, TTL attribute `expiresAt`, and for each index name a GSI of that name that projects everything, with keys such as `duePk` and `dueSk`. All keys are strings.
   */
  readonly table: string;
  /** ISO time. */
  now(): string;
}

/** An item as we wrote it. `data` is JSON text: numbers, empty names and depth come back exactly, and its size is the one we limit. */
const Item = z.looseObject({
  pk: z.string(),
  sk: z.string(),
  revision: z.number(),
  expiresAt: z.number().optional(),
  data: z.string(),
});

const isAlive = '(attribute_not_exists(expiresAt) OR expiresAt >= :now)';

const itemOf = (record: NewRecord, revision: number, text: string, write: string): Record<string, unknown> => ({
  pk: record.pk,
  sk: record.sk,
  revision,
  write,
  data: text,
  ...(record.expiresAt !== undefined && { expiresAt: record.expiresAt }),
  ...Object.fromEntries(
    indexNames.flatMap((name) => {
      const place = record.indexes?.[name];
      return place
        ? [
            [`${name}Pk`, place.pk],
            [`${name}Sk`, place.sk],
          ]
        : [];
    }),
  ),
});

const recordOf = (raw: unknown): StoredRecord => {
  const { pk, sk, revision, expiresAt, data, ...rest } = Item.parse(raw);
  const places = indexNames.flatMap((name) => {
    const place = { pk: rest[`${name}Pk`], sk: rest[`${name}Sk`] };
    return typeof place.pk === 'string' && typeof place.sk === 'string' ? [[name, place]] : [];
  });
  return storedRecord({ pk, sk, data: {}, expiresAt, indexes: Object.fromEntries(places) }, revision, data);
};

/** The keys an index or the table is read by. */
const keysOf = ({ index }: RecordQuery): readonly [string, string] => (index ? [`${index}Pk`, `${index}Sk`] : ['pk', 'sk']);

const startKey = (query: RecordQuery, after: NonNullable<Reading['after']>): Record<string, unknown> => {
  const [pkName, skName] = keysOf(query);
  const [place, pk, sk] = after;
  return { [pkName]: query.pk, [skName]: place, ...(query.index && { pk, sk }) };
};

const rangeOf = ({ from, to }: NonNullable<Reading['bounds']>): string => {
  if (from !== undefined && to !== undefined) return ' AND #sk BETWEEN :from AND :to';
  if (from !== undefined) return ' AND #sk >= :from';
  return to === undefined ? '' : ' AND #sk <= :to';
};

const inputOf = (table: string, query: RecordQuery, reading: Reading, now: number): QueryCommandInput => {
  const { bounds = {}, limit, isDescending, after } = reading;
  const [pkName, skName] = keysOf(query);
  return {
    TableName: table,
    ...(query.index ? { IndexName: query.index } : { ConsistentRead: true }),
    KeyConditionExpression: `#pk = :pk${rangeOf(bounds)}`,
    FilterExpression: isAlive,
    ExpressionAttributeNames: { '#pk': pkName, ...(rangeOf(bounds) !== '' && { '#sk': skName }) },
    ExpressionAttributeValues: {
      ':pk': query.pk,
      ':now': now,
      ...(bounds.from !== undefined && { ':from': bounds.from }),
      ...(bounds.to !== undefined && { ':to': bounds.to }),
    },
    ScanIndexForward: !isDescending,
    Limit: limit,
    ...(after && { ExclusiveStartKey: startKey(query, after) }),
  };
};

/** Records in a DynamoDB table. */
export const createDynamoRecords = (client: DynamoDBClient, options: DynamoRecordsOptions): RecordStore => {
  const documents = DynamoDBDocumentClient.from(client);
  const { table } = options;
  const now = (): number => secondsOf(options.now());

  const put: RecordStore['put'] = async (record, expected) => {
    const text = examineRecord(record);
    if (!text.ok) return text;
    const revision = 'absent' in expected ? 1 : expected.revision + 1;
    const write = randomUUID();
    const condition =
      'absent' in expected
        ? { ConditionExpression: 'attribute_not_exists(pk) OR expiresAt < :now', ExpressionAttributeValues: { ':now': now() } }
        : {
            ConditionExpression: `revision = :revision AND ${isAlive}`,
            ExpressionAttributeValues: { ':revision': expected.revision, ':now': now() },
          };
    return orAwsTrouble('dynamodb:PutItem', async (): Promise<Result<StoredRecord>> => {
      try {
        const Item = itemOf(record, revision, text.value, write);
        await documents.send(new PutCommand({ TableName: table, Item, ReturnValuesOnConditionCheckFailure: 'ALL_OLD', ...condition }));
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        // the SDK repeats a write whose answer was lost; then it is our own record that is in the way
        if (error.Item?.write?.S !== write) return conflictOf(expected);
      }
      return succeed(storedRecord(record, revision, text.value));
    });
  };

  const remove: RecordStore['remove'] = async ({ pk, sk }, expected) => {
    if (!isKey({ pk, sk })) return expected ? conflictOf(expected) : succeed(undefined);
    const condition = expected && {
      ConditionExpression: `revision = :revision AND ${isAlive}`,
      ExpressionAttributeValues: { ':revision': expected.revision, ':now': now() },
    };
    return orAwsTrouble('dynamodb:DeleteItem', async (): Promise<Result<void>> => {
      try {
        await documents.send(new DeleteCommand({ TableName: table, Key: { pk, sk }, ...condition }));
        return succeed(undefined);
      } catch (error) {
        if (expected && error instanceof ConditionalCheckFailedException) return conflictOf(expected);
        throw error;
      }
    });
  };

  const query: RecordStore['query'] = async (asked) => {
    const reading = examineQuery(asked);
    if (!reading.ok) return reading;
    if (!reading.value.bounds) return succeed({ records: [] });
    return orAwsTrouble('dynamodb:Query', async (): Promise<Result<RecordPage>> => {
      const { Items = [], LastEvaluatedKey: last } = await documents.send(new QueryCommand(inputOf(table, asked, reading.value, now())));
      const names = asked.index ? [keysOf(asked)[1], 'pk', 'sk'] : ['sk'];
      return succeed({
        records: Items.map(recordOf),
        ...(last && {
          next: cursorAt(
            asked,
            names.map((name) => String(last[name])),
          ),
        }),
      });
    });
  };

  return {
    get: async (key: RecordKey) => {
      if (!isKey(key)) return undefined;
      const { Item: raw } = await documents.send(
        new GetCommand({ TableName: table, Key: { pk: key.pk, sk: key.sk }, ConsistentRead: true }),
      );
      const record = raw && recordOf(raw);
      // the table deletes expired items when it gets round to it: hours later, at times
      return record?.expiresAt !== undefined && record.expiresAt < now() ? undefined : record;
    },
    put,
    remove,
    query,
  };
};

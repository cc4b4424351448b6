import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { RecordStore } from '../../../ports/record-store.ts';
import { systemClock } from '../../local/system-clock.ts';
import { createDynamoRecords } from '../dynamo-records.ts';

// both tables share the connections of one client
const client = new DynamoDBClient({});

export const openRecords = (table: string): RecordStore => createDynamoRecords(client, { table, now: systemClock.now });
